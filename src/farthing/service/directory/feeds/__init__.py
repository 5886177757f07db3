"""Reading other councils' directories: fetched with care, read by Open Referral UK, and shown as from elsewhere."""

from farthing.service.directory.feeds.reading import add_feed, due_feeds, feed_named, read_feed, take_turn
from farthing.service.directory.feeds.stopping import start_feed, stop_feed

__all__ = ["add_feed", "due_feeds", "feed_named", "read_feed", "start_feed", "stop_feed", "take_turn"]
