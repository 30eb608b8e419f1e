#!/usr/bin/env bash
# A private PostgreSQL cluster on loopback TCP, from the installed package, in the foreground. Root becomes an unprivileged user first.
#   start.sh DIRECTORY PORT
# DIRECTORY/password holds the password of the superuser llmoin; LLMOIN_POSTGRES_BIN names the folder of the server's programs,
# LLMOIN_POSTGRES_BUFFERS its shared_buffers; LLMOIN_POSTGRES_FSYNC=off is for data that may be lost when the machine fails, like a test's.
set -euo pipefail

directory=$1 port=$2
as_user=()
mkdir -p "$directory"
if [ "$(id -u)" = 0 ]; then
  user=postgres
  id "$user" > /dev/null 2>&1 || user=nobody
  as_user=(setpriv --reuid="$user" --regid="$(id -gn "$user")" --clear-groups)
  chown "$user" "$directory" "$directory/password"
fi
trap 'exit 130' INT TERM # else a stop during initdb would be taken for initdb's
cd "$directory" || exit 1 # PostgreSQL's programs complain about a working directory that they cannot read
if ! "${as_user[@]}" test -r "$directory/password"; then
  echo "The user '$user' cannot reach $directory: make every directory above it passable (chmod o+x) or set LLMOIN_DATA elsewhere." >&2
  exit 1
fi

if [ ! -s "$directory/data/PG_VERSION" ]; then
  rm -rf "$directory/data" # an initdb that was interrupted
  "${as_user[@]}" "$LLMOIN_POSTGRES_BIN/initdb" --pgdata="$directory/data" --username=llmoin --auth=scram-sha-256 \
    --pwfile="$directory/password" --encoding=UTF8 --locale=C.UTF-8 --text-search-config=german --no-instructions
fi

exec "${as_user[@]}" "$LLMOIN_POSTGRES_BIN/postgres" -D "$directory/data" -p "$port" \
  -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c shared_buffers="${LLMOIN_POSTGRES_BUFFERS:-64MB}" -c jit=off \
  -c fsync="${LLMOIN_POSTGRES_FSYNC:-on}"
