"""What personal links of visits open."""

from delegations.views import guest_page, host_page

LINK_PAGES = (host_page.PAGE, guest_page.PAGE)
