"""Deploys the package of `make package` to a stage.

Credentials and region come from where the AWS tools take them; AWS_ENDPOINT_URL leads to an emulator.
"""

import argparse
import json
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, NoRegionError

from infra.keys import ensure_secrets
from infra.package import FOLDER, Package
from infra.stack import DeploymentFailed, change_stack, outputs
from infra.stages import StageUnclear, stack_name, stage_file, stage_parameters

# Older ones run on an image whose C library many wheels no longer support.
OLDEST_RUNTIME = (3, 12)
_ALREADY_OURS = "BucketAlreadyOwnedByYou"


@dataclass(frozen=True)
class Clients:
    """The services that a deployment talks to."""

    s3: Any
    ssm: Any
    cloud: Any
    account: str
    region: str


def clients() -> Clients:
    """Clients for the account that the credentials belong to."""
    session: Any = boto3.session.Session()
    region = session.region_name or os.environ.get("AWS_REGION")
    if not region:
        raise NoRegionError
    account = session.client("sts", region_name=region).get_caller_identity()["Account"]
    s3, ssm, cloud = (session.client(name, region_name=region) for name in ("s3", "ssm", "cloudformation"))
    return Clients(s3, ssm, cloud, account, region)


def deploy(stage: str, package: Package, settings: Path | None = None) -> dict[str, str]:
    """Bring a stage to the package, by its file of settings. The answer: the outputs of its stack."""
    stack = stack_name(stage)
    parameters = stage_parameters(settings or stage_file(stage), package.template)
    _check_runtime(package)
    aws = clients()
    made = ensure_secrets(aws.ssm, stack)
    bucket = ensure_bucket(aws)
    mark = package.sha256[:16]
    code = _uploaded(aws, bucket, package.archive, f"{stack}/{mark}.zip")
    template = _uploaded(aws, bucket, package.template, f"{stack}/{mark}.json")
    url = f"{aws.s3.meta.endpoint_url}/{bucket}/{template}"
    parameters = {**parameters, "CodeBucket": bucket, "CodeKey": code}
    is_changed = change_stack(aws.cloud, stack, f"package-{mark}-{datetime.now(UTC):%Y%m%d%H%M%S}", url, parameters)
    print(*(f"Made the secret {name}" for name in made), sep="\n", end="\n" if made else "")
    print(f"{stack}: {'deployed' if is_changed else 'nothing to change'}")
    return outputs(aws.cloud, stack)


def ensure_bucket(aws: Clients) -> str:
    """The bucket for packages, made when it is not there: private and encrypted, as buckets are by default."""
    bucket = f"madoguchi-packages-{aws.account}-{aws.region}"
    place = {} if aws.region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": aws.region}}
    try:
        aws.s3.create_bucket(Bucket=bucket, **place)
    except ClientError as error:
        if error.response["Error"]["Code"] != _ALREADY_OURS:
            raise
    return bucket


def _uploaded(aws: Clients, bucket: str, path: Path, key: str) -> str:
    aws.s3.put_object(Bucket=bucket, Key=key, Body=path.read_bytes(), ExpectedBucketOwner=aws.account)
    return key


def _check_runtime(package: Package) -> None:
    """An emulator runs what this interpreter runs; AWS does not."""
    resources = json.loads(package.template.read_text(encoding="utf-8"))["Resources"]
    runtime = resources["Portal"]["Properties"]["Runtime"]
    version = tuple(int(part) for part in runtime.removeprefix("python").split("."))
    if version < OLDEST_RUNTIME and not os.environ.get("AWS_ENDPOINT_URL"):
        raise StageUnclear(f"the package was made for {runtime}; make it with Python 3.13")


def main() -> int:
    """Deploy and say where the portal is, or in a sentence why not."""
    asked = _arguments()
    if not asked.stage:
        return _said("which stage? make deploy STAGE=prod")
    try:
        told = deploy(asked.stage, Package.within(asked.package), asked.settings)
    except FileNotFoundError as error:
        return _said(f"there is no package ({error.filename}): make package")
    except NoCredentialsError:
        return _said("no AWS credentials were found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
    except NoRegionError:
        return _said("no AWS region is set: set AWS_REGION, for example ap-northeast-1")
    except (StageUnclear, DeploymentFailed, BotoCoreError, ClientError) as error:
        return _said(str(error))
    print(*(f"{name}: {value}" for name, value in sorted(told.items())), sep="\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", nargs="?", default="", help="such as prod; its stack is madoguchi-prod")
    parser.add_argument("--package", type=Path, default=FOLDER, help="folder with template.json and deployment.zip")
    parser.add_argument("--settings", type=Path, help="the stage's file, if not infra/stages/STAGE.json")
    return parser.parse_args()


def _said(why: str) -> int:
    print(f"Not deployed: {why}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
