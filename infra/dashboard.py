"""One page of graphs for whoever is on duty."""

import json
from collections.abc import Iterable
from typing import Any

from infra.functions import functions_of
from infra.intrinsics import Node, filled, named
from infra.metrics import NAMESPACE, OF_APPLICATIONS, OF_CODES, OF_DOORS, OF_MAIL, OF_TRADE
from infra.paths import STAGE

_WIDTH, _HEIGHT, _COLUMNS = 12, 6, 2


def dashboard(resources: dict[str, Node]) -> dict[str, Node]:
    """Pages, functions, applications, codes, mail and the counts of the trade."""
    graphs = [*_portal_graphs(), *_function_graphs(functions_of(resources)), *_trade_graphs()]
    body = json.dumps({"widgets": [_placed(graph, place) for place, graph in enumerate(graphs)]})
    return {
        "Dashboard": {
            "Type": "AWS::CloudWatch::Dashboard",
            "Properties": {"DashboardName": named("portal"), "DashboardBody": filled(body)},
        }
    }


def _graph(title: str, metrics: list[list[Any]], statistic: str = "Sum") -> dict[str, Any]:
    return {
        "title": title,
        "metrics": metrics,
        "stat": statistic,
        "period": 300,
        "view": "timeSeries",
        "region": "${AWS::Region}",
    }


def _placed(graph: dict[str, Any], place: int) -> dict[str, Any]:
    row, column = divmod(place, _COLUMNS)
    at = {"x": column * _WIDTH, "y": row * _HEIGHT, "width": _WIDTH, "height": _HEIGHT}
    return {"type": "metric", **at, "properties": graph}


def _portal_graphs() -> list[dict[str, Any]]:
    api = ["ApiName", "${AWS::StackName}-portal", "Stage", STAGE]
    counts = [["AWS/ApiGateway", metric, *api] for metric in ("Count", "4XXError", "5XXError")]
    return [_graph("Requests", counts), _graph("Latency p95", [["AWS/ApiGateway", "Latency", *api]], "p95")]


def _function_graphs(functions: Iterable[str]) -> list[dict[str, Any]]:
    names = ["${AWS::StackName}-" + name.lower() for name in functions]
    return [
        _graph(title, [["AWS/Lambda", metric, "FunctionName", name] for name in names], statistic)
        for title, metric, statistic in (
            ("Errors", "Errors", "Sum"),
            ("Throttles", "Throttles", "Sum"),
            ("Duration p95", "Duration", "p95"),
            ("At once", "ConcurrentExecutions", "Maximum"),
        )
    ]


def _trade_graphs() -> list[dict[str, Any]]:
    age = ["AWS/Lambda", "IteratorAge", "FunctionName", "${AWS::StackName}-mailer"]
    rates = [["AWS/SES", f"Reputation.{rate}Rate"] for rate in ("Bounce", "Complaint")]
    return [
        _graph("Registrations and mails", [[NAMESPACE, one.metric] for one in (*OF_TRADE, *OF_MAIL)]),
        _graph("Sign-ins, enquiries and tokens", [[NAMESPACE, one.metric] for one in OF_DOORS]),
        _graph("Applications", [[NAMESPACE, one.metric] for one in OF_APPLICATIONS]),
        _graph("Codes and counters", [[NAMESPACE, one.metric] for one in OF_CODES]),
        _graph("Age of waiting letters (ms)", [age], "Maximum"),
        _graph("Bounces and complaints", rates, "Average"),
    ]
