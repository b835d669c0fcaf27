#!/bin/sh
# Announces a mirror that runs nginx to a mirrorlab server: with curl and openssl, on Linux. The protocol
# is in sim/live/volunteers/README.md; announce.js can do more, and hides the token from whoever else is
# logged in, who here sees it in the list of processes.
#
#   SERVER=https://repository.example.org NAME=alpha TOKEN_FILE=token \
#   URL=https://mirror.example.net/repository/ UPLINK=12500000 INTERFACE=eth0 \
#   STATUS=http://127.0.0.1/stub_status STATE=/var/lib/announce sh announce.sh
set -eu
: "${SERVER:?}" "${NAME:?}" "${TOKEN_FILE:?}" "${URL:?}" "${UPLINK:?}" "${INTERFACE:?}" "${STATUS:?}"
STATE=${STATE:-.}
offset=0 # Milliseconds by which the server's clock is ahead of this one.

field() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$STATE/answer"; }

# tell PATH BODY: sends it, once more if the server says that the clock is wrong. Prints the status.
tell() {
  for _ in 1 2; do
    counter=$(($(date +%s%3N) + offset))
    signature=$(printf 'POST\n%s\n%s\n%s' "$1" "$counter" "$2" |
      openssl dgst -sha256 -mac HMAC -macopt "key:$(cat "$TOKEN_FILE")" | sed 's/.* //')
    status=$(curl -s -o "$STATE/answer" -w '%{http_code}' --max-time 30 --data-binary "$2" \
      -H 'Content-Type: application/json' -H "X-Mirrorlab-Volunteer: $NAME" \
      -H "X-Mirrorlab-Counter: $counter" -H "X-Mirrorlab-Signature: $signature" "$SERVER$1") || status=0
    [ "$status" = 401 ] || break
    offset=$(($(field time) - $(date +%s%3N)))
  done
  case $status in 200) ;; *) echo "$1: $status $(cat "$STATE/answer" 2>/dev/null)" >&2 ;; esac
}

# Of an interface's bytes, what is not headers of Ethernet, IP and TCP.
total() { echo $(($(cat "/sys/class/net/$INTERFACE/statistics/$1_bytes") * 956 / 1000)); }

totals() { echo "\"uploaded\":$(total tx),\"downloaded\":$(total rx),\"left\":0"; }

trap 'tell /-/announce "{$(totals),\"leaving\":true}"; exit' TERM INT
started=true held=
while :; do
  # It holds all of the version that its last complete synchronisation brought, if there was one.
  synced=$(cat "$STATE/synced" 2>/dev/null) || synced=
  holds=
  if $started || [ "$synced" != "$held" ]; then
    holds=',"holds":{"paths":[]}'
    [ -z "$synced" ] || holds=",\"holds\":{\"manifest\":$synced}"
  fi
  writing=$(curl -s "$STATUS" | sed -n 's/.*Writing: \([0-9]*\).*/\1/p')
  if $started; then tell /-/volunteers "{\"urls\":[\"$URL\"],\"uplink\":$UPLINK,\"covers\":[]}"; fi
  tell /-/announce "{$(totals),\"started\":$started,\"active\":$((${writing:-1} - 1))$holds}"
  interval=60
  if [ "$status" = 200 ]; then
    started=false held=$synced
    interval=$(field interval)
    field manifest >"$STATE/told.new" && mv "$STATE/told.new" "$STATE/told"
  elif [ "$status" = 409 ]; then
    started=true
  elif [ "$status" = 400 ] && grep -q holds.manifest "$STATE/answer"; then
    rm "$STATE/synced" # The server does not know that version any more: nothing is held until the next.
  fi
  sleep "$interval" & wait $!
done
