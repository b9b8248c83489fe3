"""The policy: every deployment, and its files as process owners wrote them."""

from typing import Any

from marshmallow import fields

from engine.service.people import tokens
from engine.service.policy import deployments
from webapp.api.bearer import engine
from webapp.api.paging import listing, whole
from webapp.api.resource import Resource, Shape

resource = Resource("deployments", "The policy, deployment by deployment.")


class ListedDeployment(Shape):
    """A deployment: one immutable set of policy files, known by the SHA-256 of its content."""

    number = fields.Integer(required=True)
    digest = fields.String(required=True)
    in_force_from = fields.AwareDateTime(required=True)
    deployed_at = fields.AwareDateTime(required=True)
    deployed_by = fields.String(required=True)
    note = fields.String(required=True)


class FileNames(Shape):
    """The paths of the files of a deployment, in order."""

    number = fields.Integer(required=True)
    files = fields.List(fields.String(), required=True)


class PolicyFile(Shape):
    """A file of a deployment."""

    path = fields.String(required=True)
    text = fields.String(required=True)


@resource.reads("/deployments", tokens.DEPLOYMENTS_READ, listing("DeploymentList", ListedDeployment))
def every() -> dict[str, Any]:
    """List all deployments, newest first"""
    return whole(deployments.every(engine()))


@resource.reads("/deployments/<int(max=2147483647):number>", tokens.DEPLOYMENTS_READ, FileNames)
def one(number: int) -> dict[str, Any]:
    """List the files of a deployment"""
    return {"number": number, "files": sorted(deployments.files_of(engine(), number))}


@resource.reads("/deployments/<int(max=2147483647):number>/files/<path:path>", tokens.DEPLOYMENTS_READ, PolicyFile)
def file(number: int, path: str) -> dict[str, Any]:
    """Read a file of a deployment, such as processes/deadlines.dmn"""
    return {"path": path, "text": deployments.file_of(engine(), number, path).decode()}
