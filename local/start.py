"""From an open port to a portal that answers."""

import http.client
import os
import sys
import threading
import time
import traceback

from moto import mock_aws

from local.environment import Backend, prepare
from local.gateway import Gateway
from local.listening import HOST, Listener
from local.station import Station

_BACKENDS = {
    Backend.MOTO: "AWS の代わりに moto を使います。記録はメモリー上にあり、止めると消えます。",
    Backend.ENDPOINT: "AWS_ENDPOINT_URL の先を使います。表の名前は local- で始まります。",
    Backend.AWS: "環境変数で選ばれた AWS アカウントを使います。表の名前は local- で始まり、料金がかかります。",
}
_OTHER_BACKEND = (
    "AWS_ENDPOINT_URL、AWS_PROFILE、AWS_ACCESS_KEY_ID を外すと、moto だけで動きます。"
    " / Without AWS_ENDPOINT_URL, AWS_PROFILE and AWS_ACCESS_KEY_ID everything runs on moto."
)
_TRY_SECONDS = 0.5


def serve(listener: Listener) -> int:
    """Start everything and stay until the process is told to stop. The answer is the exit code."""
    backend = prepare(os.environ, listener.server_port)
    if backend is Backend.MOTO:
        mock_aws(config={"core": {"mock_credentials": False}}).start()
    station = Station(backend)
    try:
        station.open()
    except Exception:  # noqa: BLE001 - told to the person who must mend it
        traceback.print_exc()
        print("開始できませんでした。/ The portal could not be started.", file=sys.stderr)
        if backend is not Backend.MOTO:
            print(_OTHER_BACKEND, file=sys.stderr)
        return 1
    listener.answer = Gateway(station).answer
    threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    try:
        _stay(station, f"http://{HOST}:{listener.server_port}")
    finally:
        listener.shutdown()
        listener.server_close()
        station.close()
    return 0


def _stay(station: Station, address: str) -> None:
    _introduce(station, address)
    _wait_for_front_page(address)
    print(f"Ready: {address}/", flush=True)
    threading.Event().wait()


def _introduce(station: Station, address: str) -> None:
    print(_BACKENDS[station.backend])
    print(f"開発者の窓口（時計、仕事、例）  {address}/dev")
    print(f"届いたメール                    {address}/dev/mailbox")
    print("例の利用者:")
    for account in station.examples["accounts"]:
        print(f"  納付利用者ID {account['payer_id']}  パスワード {account['payer_password']}  {account['about']}")
        print(f"  一括利用者ID {account['filer_id']}  パスワード {account['filer_password']}")
    _introduce_applications(station)
    _introduce_counter(station)
    print("メールで届くリンク:")
    for link in station.examples["links"]:
        print(f"  {link['payer_id']} {link['about']}  {link['url']}")


def _introduce_applications(station: Station) -> None:
    applications = station.examples["applications"]
    print(f"例の申請（申請用パスワードはどれも {applications[0]['application_password']}）:")
    for one in applications:
        print(f"  受付番号 {one['application_number']}  {one['procedure']}  {one['state']}")
    print("事務所のシステムの鍵（例）:")
    for key in station.examples["api_keys"]:
        print(f"  {key['office']}  {key['api_key']}")


def _introduce_counter(station: Station) -> None:
    print("例の受取者:")
    for one in station.examples["receivers"]:
        state = "登録済み" if one["is_enrolled"] else "未登録"
        print(f"  受取者名 {one['receiver_name']}  受取者用パスワード {one['receiver_password']}  {state}")
    print("例の職員（/counter、ワンタイムパスワードは /dev に表示します）:")
    for one in station.examples["officers"]:
        print(f"  職員ID {one['officer_id']}  職員パスワード {one['officer_password']}  {one['office']}  {one['role']}")
        print(f"  認証アプリの鍵 {one['one_time_password_secret']}")
    print("例の二次元コードの検索キー:")
    for one in station.examples["codes"]:
        print(f"  {one['lookup_key']}  {one['purpose']}  {one['procedure'] or ''}".rstrip())


def _wait_for_front_page(address: str) -> None:
    is_told = False
    while (status := _front_page_status(address)) != http.client.OK:
        if not is_told:
            print(f"先頭のページがまだ答えません（{status}）。直すと続きます。/ The front page does not answer yet.")
            is_told = True
        time.sleep(_TRY_SECONDS)


def _front_page_status(address: str) -> int:
    connection = http.client.HTTPConnection(address.partition("//")[2], timeout=30)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()
