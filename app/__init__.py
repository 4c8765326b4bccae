"""Variorum: a quote attribution explorer."""

import os

# onnxruntime sends its maker reports of use, from the moment that it is loaded, unless this is set before.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
