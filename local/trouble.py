"""The page a developer sees when there is no portal to answer."""

from html import escape

from local.listening import Answered

_PAGE = """<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="2">
<title>{title}</title>
<style>
body {{ font-family: sans-serif; margin: 2rem; }}
h1 {{ font-size: 1.25rem; border-left: 0.5rem solid #c00; padding-left: 0.75rem; }}
pre {{ background: #f4f4f4; padding: 1rem; white-space: pre-wrap; }}
</style>
</head>
<body>
<h1>{title}</h1>
<pre>{text}</pre>
<p>2秒ごとに読み込み直します。</p>
</body>
</html>
"""


def trouble_page(title: str, text: str) -> Answered:
    """A traceback, readable; it looks again every two seconds."""
    headers: dict[str, str | list[str]] = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        "Cache-Control": "no-store",
    }
    return Answered(500, headers, _PAGE.format(title=escape(title), text=escape(text)).encode())
