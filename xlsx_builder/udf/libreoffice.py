"""The LibreOffice Calc add-in, an .oxt file made from the registry."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape

import xlsx_builder
from xlsx_builder import __version__
from xlsx_builder.model.package import FIRST_DAY
from xlsx_builder.udf.machine import IDENTIFIER
from xlsx_builder.udf.registry import FUNCTIONS, PREFIX, Function

COMPONENT, INTERFACE, CONFIGURATION, SETTINGS = "xb_addin.py", "XXb.idl", "CalcAddIn.xcu", "settings.json"
"""Files of the extension."""
SERVICE = "XB"
"""Name of the implementation: what stands before the dot when a file of another program calls XB.PCTCHG."""
NAMESPACES = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">
{entries}
</manifest:manifest>
"""
DESCRIPTION = """<?xml version="1.0" encoding="UTF-8"?>
<description xmlns="http://openoffice.org/extensions/description/2006" xmlns:xlink="http://www.w3.org/1999/xlink">
<identifier value="{identifier}"/><version value="{version}"/>
<display-name><name lang="en">xlsx_builder: functions for earnings models</name></display-name>
</description>
"""


def oxt(python: Path | None = None) -> bytes:
    """The extension, the same bytes for the same interpreter.

    Args:
        python: The interpreter that the functions run in; the running one where None.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in extension(python).items():
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, text)
    return made.getvalue()


def extension(python: Path | None = None) -> dict[str, str]:
    """The files of the extension by name."""
    kinds = {
        INTERFACE: "uno-typelibrary;type=RDB",
        COMPONENT: "uno-component;type=Python",
        CONFIGURATION: "configuration-data",
    }
    entries = "\n".join(
        f' <manifest:file-entry manifest:full-path="{name}" manifest:media-type="application/vnd.sun.star.{kind}"/>'
        for name, kind in kinds.items()
    )
    return {
        "META-INF/manifest.xml": MANIFEST.format(entries=entries),
        "description.xml": DESCRIPTION.format(identifier=IDENTIFIER, version=__version__),
        INTERFACE: interface(FUNCTIONS),
        CONFIGURATION: configuration(FUNCTIONS),
        COMPONENT: (files("xlsx_builder.udf") / COMPONENT).read_text(encoding="utf-8"),
        SETTINGS: json.dumps(settings(python), indent=1) + "\n",
    }


def settings(python: Path | None = None) -> dict[str, object]:
    """Which interpreter answers, and the method of each function."""
    return {
        "command": [str(python or sys.executable), "-m", "xlsx_builder.udf.worker"],
        "folders": [str(Path(xlsx_builder.__file__).resolve().parents[1])],
        "functions": {method(function): function.name for function in FUNCTIONS},
    }


def method(function: Function) -> str:
    """`PCTCHG` of `XB_PCTCHG`."""
    return function.name.removeprefix(PREFIX)


def place(at: int) -> str:
    """`a1` for the first argument: the language allows no '_', and the configuration sorts arguments by name."""
    return f"a{at + 1}"


def interface(functions: Iterable[Function]) -> str:
    """The methods in UNO's interface language; a text file of it serves as type library."""
    lines = (f"    {'sequence< sequence< any > >' if each.spills else 'any'} {_signature(each)};" for each in functions)
    opening = "".join(f"module {part} {{ " for part in IDENTIFIER.split("."))
    return f"{opening}\ninterface XXb\n{{\n" + "\n".join(lines) + "\n};\n" + "}; " * 3 + "\n"


def _signature(function: Function) -> str:
    arguments = ", ".join(f"[in] any {place(at)}" for at in range(len(function.parameters)))
    return f"{method(function)}( {arguments} )"


def configuration(functions: Iterable[Function]) -> str:
    """Names and help texts for the function wizard."""
    nodes = "\n".join(_function(each) for each in functions)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:component-data {NAMESPACES} oor:name="CalcAddIns" '
        f'oor:package="org.openoffice.Office">\n<node oor:name="AddInInfo"><node oor:name="{SERVICE}" '
        f'oor:op="replace"><node oor:name="AddInFunctions">\n{nodes}\n</node></node></node></oor:component-data>\n'
    )


def _function(function: Function) -> str:
    parameters = "".join(
        f'<node oor:name="{place(at)}" oor:op="replace">'
        f"{_localized('DisplayName', each.name)}{_localized('Description', each.help)}</node>"
        for at, each in enumerate(function.parameters)
    )
    return (
        f'<node oor:name="{method(function)}" oor:op="replace">{_localized("DisplayName", function.name)}'
        f'{_localized("Description", function.help)}<prop oor:name="Category"><value>Add-In</value></prop>'
        f"{_localized('CompatibilityName', function.name)}"
        f'<node oor:name="Parameters">{parameters}</node></node>'
    )


def _localized(name: str, text: str) -> str:
    return f'<prop oor:name="{name}"><value xml:lang="en-US">{escape(text)}</value></prop>'
