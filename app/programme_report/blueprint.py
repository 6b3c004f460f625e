"""The blueprint of the programme's reports."""

from flask import Blueprint

bp = Blueprint("programme_report", __name__)
