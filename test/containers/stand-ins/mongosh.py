#!/opt/secantusdb/bin/python
"""The one thing that health checks ask of mongosh: mongosh [--quiet] --eval 'db.adminCommand("ping").ok'."""
import re
import sys

import pymongo

arguments = [argument for argument in sys.argv[1:] if argument != "--quiet"]
if len(arguments) != 2 or arguments[0] != "--eval" or not re.fullmatch(
    r"""db\.adminCommand\((['"])ping\1\)(\.ok)?""", arguments[1]
):
    sys.exit(f"mongosh: this stand-in does not know {arguments}")
print(pymongo.MongoClient("127.0.0.1", serverSelectionTimeoutMS=4000).admin.command("ping"))
