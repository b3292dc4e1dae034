"""Connects with the token of the environment, prints each event as a line of JSON, and ends with the connection."""

import json
import os
import threading

import socketio

client = socketio.Client(reconnection=False)


def say(event, payload=None):
    print(json.dumps([event, payload]), flush=True)


client.on("connect", lambda: say("connect"))
client.on("session.ended", lambda end: say("session.ended", end))
client.on("connect_error", lambda error: say("connect_error", error))


first = threading.Lock()


# The library tells it twice, from two threads, where the server's packet and the end of the transport come at the same moment.
def disconnected(*_):
    if first.acquire(blocking=False):
        say("disconnect")


client.on("disconnect", disconnected)

try:
    client.connect(
        os.environ["URL"],
        auth={"token": os.environ["TOKEN"]},
        transports=[os.environ["TRANSPORT"]],
    )
    client.wait()
except socketio.exceptions.ConnectionError:
    pass
