"""Knowledge articles, service scripts and facts: loaded, checked, walked and searched."""
