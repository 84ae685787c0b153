"""Reading a table's stream, as Lambda's event source mapping does when the portal is deployed."""

import re
from collections.abc import Iterator
from typing import Any

import boto3

_LOGICAL_ID = re.compile(r"(?<!^)(?=[A-Z])")


def table_of(stream_arn: Any, prefix: str) -> str:
    """The table behind what the application declares: `{"Fn::GetAtt": ["LettersTable", "StreamArn"]}`."""
    logical_id = stream_arn["Fn::GetAtt"][0].removesuffix("Table")
    return f"{prefix}-{_LOGICAL_ID.sub('_', logical_id).lower()}"


class Stream:
    """The stream of one table.

    Positions are sequence numbers, not iterators: those expire, and moto's lose the table when a transaction fails.
    """

    def __init__(self, table: str) -> None:
        self._positions: dict[str, str | None] = {}
        self._closed: set[str] = set()
        self._client: Any = boto3.client("dynamodbstreams")
        self.arn: str = boto3.client("dynamodb").describe_table(TableName=table)["Table"]["LatestStreamArn"]

    def batches(self, size: int) -> Iterator[list[dict[str, Any]]]:
        """What came since the last call, as the records of Lambda's events. A batch is read when it is asked for."""
        for shard in self._shards():
            while shard not in self._closed and (records := self._read(shard, size)):
                self._positions[shard] = records[-1]["dynamodb"]["SequenceNumber"]
                yield [self._as_event_record(record) for record in records]

    def _shards(self) -> list[str]:
        asked: dict[str, str] = {"StreamArn": self.arn}
        shards: list[str] = []
        while True:
            told = self._client.describe_stream(**asked)["StreamDescription"]
            shards += [shard["ShardId"] for shard in told["Shards"]]
            if not told.get("LastEvaluatedShardId"):
                return shards
            asked["ExclusiveStartShardId"] = told["LastEvaluatedShardId"]

    def _read(self, shard: str, size: int) -> list[dict[str, Any]]:
        position = self._positions.get(shard)
        start = {"ShardIteratorType": "TRIM_HORIZON"}
        if position:
            start = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": position}
        iterator = self._client.get_shard_iterator(StreamArn=self.arn, ShardId=shard, **start)["ShardIterator"]
        told = self._client.get_records(ShardIterator=iterator, Limit=size)
        if not told.get("NextShardIterator") and not told["Records"]:
            self._closed.add(shard)
        return list(told["Records"])

    def _as_event_record(self, record: dict[str, Any]) -> dict[str, Any]:
        change = dict(record["dynamodb"])
        change["ApproximateCreationDateTime"] = change["ApproximateCreationDateTime"].timestamp()
        return {**record, "dynamodb": change, "eventSourceARN": self.arn}
