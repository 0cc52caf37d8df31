"""The fields of a contact form, in the order of the job, and what it begins with."""

from __future__ import annotations

from deskapp.i18n import N_, language
from deskapp.services import lists
from deskapp.services.enquiries import topics
from deskapp.widgets.choice import Offer
from deskapp.widgets.form_field import FormField


def _topic_offers(text: str) -> list[Offer]:
    return [
        Offer(topic.code, topic.label(language()), topic.code)
        for topic in topics.find(text, language())
    ]


def _user_type_offers(text: str) -> list[Offer]:
    return [Offer(item.value, item.label) for item in lists.find(lists.UserType, text)]


def _channel_offers(text: str) -> list[Offer]:
    return [Offer(item.value, item.label) for item in lists.find(lists.Channel, text)]


FIELDS = (
    FormField(
        "topic",
        N_("Topic"),
        "choice",
        hint=N_("Type any word: fine, jury, bailiff, or Welsh"),
        typed_as="topic_typed",
        find=_topic_offers,
        label_of=lambda code: topics.by_code(code).label(language()),
    ),
    FormField(
        "person_id",
        N_("Person"),
        "choice",
        hint=N_("Full name; leave empty when not given"),
        typed_as="person_name",
        free=True,
    ),
    FormField("question", N_("What was asked"), "words", rows=3),
    FormField("answer", N_("What was said"), "words", rows=4),
    FormField("case_ref", N_("Case reference")),
    FormField("phone", N_("Phone"), card_check=False),
    FormField("email", N_("Email"), card_check=False),
    FormField("postcode", N_("Postcode")),
    FormField(
        "user_type",
        N_("Who they are"),
        "choice",
        typed_as="user_type_typed",
        find=_user_type_offers,
        label_of=lambda code: lists.user_type(code).label,
    ),
    FormField(
        "channel",
        N_("Channel"),
        "choice",
        typed_as="channel_typed",
        find=_channel_offers,
        label_of=lambda code: lists.channel(code).label,
    ),
)


def first_values(channel: str) -> dict[str, str]:
    """What stands in a new contact before anything is typed."""
    return {"channel": channel, "user_type": lists.DEFAULT_USER_TYPE.value}
