"""The web application: settings, addresses, views, templates."""
