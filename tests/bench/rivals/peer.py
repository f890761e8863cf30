"""A peer of a BitTorrent swarm: peer.py describe FILE TORRENT | peer.py join FILE TORRENT HOSTS

`join` prints `complete` when it has the file, and serves until its standard input ends.
"""

import os
import select
import sys
import threading

import libtorrent

PORT = 6881
SETTINGS = {
    "listen_interfaces": f"0.0.0.0:{PORT}",
    "enable_dht": False,
    "enable_lsd": False,
    "enable_upnp": False,
    "enable_natpmp": False,
    "enable_outgoing_utp": False,
    "enable_incoming_utp": False,
    "alert_mask": libtorrent.alert.category_t.status_notification,
}


def describe(path, torrent):
    files = libtorrent.file_storage()
    libtorrent.add_files(files, path)
    description = libtorrent.create_torrent(files)
    libtorrent.set_piece_hashes(description, os.path.dirname(path))
    with open(torrent, "wb") as out:
        out.write(libtorrent.bencode(description.generate()))


def join(path, torrent, hosts):
    session = libtorrent.session(SETTINGS)
    transfer = session.add_torrent({"ti": libtorrent.torrent_info(torrent), "save_path": os.path.dirname(path)})
    with open(hosts, encoding="ascii") as lines:
        for line in lines:
            transfer.connect_peer((line.split()[0], PORT))
    threading.Thread(target=tell_when_complete, args=[session, transfer], daemon=True).start()
    select.select([sys.stdin], [], [])
    os._exit(0)


def tell_when_complete(session, transfer):
    while not transfer.status().is_seeding:
        session.wait_for_alert(100)
        session.pop_alerts()
    print("complete", flush=True)


if __name__ == "__main__":
    {"describe": describe, "join": join}[sys.argv[1]](*sys.argv[2:])
