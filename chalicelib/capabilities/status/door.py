"""What all screens of the status enquiry share."""

from chalicelib.web.pages import Pages

pages = Pages(__name__)
