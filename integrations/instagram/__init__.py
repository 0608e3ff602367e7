"""Instagram messaging, by Facebook login and by Instagram login."""
