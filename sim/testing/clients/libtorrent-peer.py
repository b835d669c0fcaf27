"""A BitTorrent peer on libtorrent: TORRENT FOLDER ADDRESS seed|lie|fetch

seed: has the file. lie: claims that the file in FOLDER, whatever it holds, is the torrent's.
fetch: fetches it, says "done" when all of it has been checked, and goes on as a seed until it is ended.
"""

import sys
import time

import libtorrent as lt

torrent, folder, address, role = sys.argv[1:]
session = lt.session({
    # An address of its own for each, or whoever bans the liar bans everybody.
    "listen_interfaces": f"{address}:0",
    "outgoing_interfaces": address,
    "enable_dht": False,
    "enable_lsd": False,
    "enable_upnp": False,
    "enable_natpmp": False,
    # By itself it asks trackers on the loopback device for paths that begin with /announce only.
    "ssrf_mitigation": False,
    "min_announce_interval": 1,
    "alert_mask": lt.alert.category_t.all_categories,
})
parameters = lt.add_torrent_params()
parameters.ti = lt.torrent_info(torrent)
parameters.save_path = folder
if role == "lie":
    parameters.flags |= lt.torrent_flags.seed_mode
handle = session.add_torrent(parameters)

was_seed = False
while True:
    session.wait_for_alert(100)
    for alert in session.pop_alerts():
        name = alert.what()
        if "ban" in name or "hash_failed" in name or "tracker_error" in name:
            print(name, alert.message(), flush=True)
    if not was_seed and handle.status().is_seeding:
        was_seed = True
        print("done", flush=True)
    time.sleep(0.05)
