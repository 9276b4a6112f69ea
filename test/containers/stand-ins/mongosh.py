#!/opt/secantusdb/bin/python
"""What is asked of mongosh here: mongosh [--quiet] --eval 'db.adminCommand("ping").ok', and
mongosh [--quiet] .../mongodb-users.js, which is done after the same files. SecantusDB keeps roles, and enforces none."""
import json
import re
import sys

import pymongo


def read(path):
    with open(path) as file:
        return file.read()


def create_users():
    secrets = "/run/secrets/mongodb"
    text = re.sub(r"@(\w+)@", lambda match: read(f"{secrets}/{match[1]}"), read("/run/rights/mongodb.json"))
    try:
        client = pymongo.MongoClient("127.0.0.1", username="jackalope", password=read(f"{secrets}/password"))
        client.admin.command("ping")
    except pymongo.errors.OperationFailure:
        client = pymongo.MongoClient("127.0.0.1")
    for command in json.loads(text):
        kind = "Role" if "createRole" in command else "User"
        name = command.pop(f"create{kind}")
        info = client.admin.command("rolesInfo" if kind == "Role" else "usersInfo", name)
        verb = "update" if info["roles" if kind == "Role" else "users"] else "create"
        client.admin.command({f"{verb}{kind}": name, **command})
        print(f"{kind.lower()} {name}: {verb}d")


arguments = [argument for argument in sys.argv[1:] if argument != "--quiet"]
if len(arguments) == 1 and arguments[0].endswith("/mongodb-users.js"):
    create_users()
elif len(arguments) == 2 and arguments[0] == "--eval" and re.fullmatch(
    r"""db\.adminCommand\((['"])ping\1\)(\.ok)?""", arguments[1]
):
    print(pymongo.MongoClient("127.0.0.1", serverSelectionTimeoutMS=4000).admin.command("ping"))
else:
    sys.exit(f"mongosh: this stand-in does not know {arguments}")
