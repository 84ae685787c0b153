"""Where a deployed function of pages begins: an application with the one capability that CAPABILITY names.

`app.py` knows every capability; a function that loaded it would pay for all of them at each cold start.
"""

import os
from importlib import import_module

from chalicelib.web.edge import Portal

app = Portal("madoguchi")
app.register_blueprint(import_module(f"chalicelib.capabilities.{os.environ['CAPABILITY']}.routes").pages)
