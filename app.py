"""The map: which capabilities there are, and one named Lambda function for each."""

from typing import Any

from chalicelib.capabilities.agency.routes import pages as agency_pages
from chalicelib.capabilities.confirmation.routes import pages as confirmation_pages
from chalicelib.capabilities.counter.routes import pages as counter_pages
from chalicelib.capabilities.expiry.jobs import jobs as expiry_jobs
from chalicelib.capabilities.feedback.jobs import jobs as feedback_jobs
from chalicelib.capabilities.filing.routes import pages as filing_pages
from chalicelib.capabilities.mailer.jobs import jobs as mailer_jobs
from chalicelib.capabilities.mypage.routes import pages as mypage_pages
from chalicelib.capabilities.portal.routes import pages as portal_pages
from chalicelib.capabilities.qrcodes.routes import pages as qrcodes_pages
from chalicelib.capabilities.registration.routes import pages as registration_pages
from chalicelib.capabilities.status.routes import pages as status_pages
from chalicelib.web.edge import Portal

app = Portal("madoguchi")

app.register_blueprint(portal_pages)
app.register_blueprint(registration_pages)
app.register_blueprint(confirmation_pages)
app.register_blueprint(mypage_pages)
app.register_blueprint(status_pages)
app.register_blueprint(filing_pages)
app.register_blueprint(agency_pages)
app.register_blueprint(qrcodes_pages)
app.register_blueprint(counter_pages)
app.register_blueprint(mailer_jobs)
app.register_blueprint(feedback_jobs)
app.register_blueprint(expiry_jobs)


@app.lambda_function(name="portal")
def portal(event: Any, context: Any) -> dict[str, Any]:
    """Public pages and static files."""
    return app(event, context)


@app.lambda_function(name="registration")
def registration(event: Any, context: Any) -> dict[str, Any]:
    """仮登録."""
    return app(event, context)


@app.lambda_function(name="confirmation")
def confirmation(event: Any, context: Any) -> dict[str, Any]:
    """本登録."""
    return app(event, context)


@app.lambda_function(name="mypage")
def mypage(event: Any, context: Any) -> dict[str, Any]:
    """マイページ."""
    return app(event, context)


@app.lambda_function(name="status")
def status(event: Any, context: Any) -> dict[str, Any]:
    """状況照会."""
    return app(event, context)


@app.lambda_function(name="filing")
def filing(event: Any, context: Any) -> dict[str, Any]:
    """Applications of business software."""
    return app(event, context)


@app.lambda_function(name="agency")
def agency(event: Any, context: Any) -> dict[str, Any]:
    """The offices' systems."""
    return app(event, context)


@app.lambda_function(name="qrcodes")
def qrcodes(event: Any, context: Any) -> dict[str, Any]:
    """二次元コード発行."""
    return app(event, context)


@app.lambda_function(name="counter")
def counter(event: Any, context: Any) -> dict[str, Any]:
    """窓口."""
    return app(event, context)
