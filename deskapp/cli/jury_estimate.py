"""``deskapp jury estimate``: what a juror who rings may expect. Public rates, so no store."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.options import AsJson
from deskapp.i18n import N_

ESTIMATE = N_(
    "What a juror may expect for one full day, by the rates of today.\n\n"
    "Amounts are pounds, miles are there and back. Nothing is kept."
)


def estimate(
    earnings: Annotated[str, typer.Option("--earnings", metavar="POUNDS",
                                          help=N_("Earnings of a day."))] = "",
    extra: Annotated[str, typer.Option("--care", metavar="POUNDS",
                                       help=N_("Care of others, in a day."))] = "",
    fares: Annotated[str, typer.Option("--fares", metavar="POUNDS",
                                       help=N_("Public transport, there and back."))] = "",
    car: Annotated[str, typer.Option("--car", metavar="MILES", help=N_("By car."))] = "",
    motorcycle: Annotated[str, typer.Option("--motorcycle", metavar="MILES",
                                            help=N_("By motorcycle."))] = "",
    bicycle: Annotated[str, typer.Option("--bicycle", metavar="MILES",
                                         help=N_("By bicycle."))] = "",
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Show an estimate."""
    from deskapp import paths
    from deskapp.cli.options import at_options
    from deskapp.cli.out import show, show_json
    from deskapp.clock import Clock
    from deskapp.errors import FormProblemsError
    from deskapp.services.enquiries import report_lines
    from deskapp.services.jury import estimating, money, rates

    today = Clock().today()
    row = rates.in_force(paths.settings_folder()).on(today)
    given = {
        "daily_earnings": earnings,
        "extra_costs": extra,
        "public_transport": fares,
        "car": car,
        "motorcycle": motorcycle,
        "bicycle": bicycle,
    }
    try:
        asked = estimating.read(given, row)
    except FormProblemsError as error:
        options = {"daily_earnings": "--earnings", "extra_costs": "--care"}
        options |= {"public_transport": "--fares"}
        raise at_options(error, {name: options.get(name, f"--{name}") for name in given}) from error
    found = asked.estimate
    if as_json:
        amounts = {"loss": found.loss, "travel": found.travel, "food": found.food}
        amounts["total"] = found.total
        as_text = {name: money.text(amount) for name, amount in amounts.items()}
        show_json({**as_text, "rates_from": row.effective_from.isoformat()})
        return
    for line in report_lines.pairs(estimating.lines(asked, today)):
        show(line)
