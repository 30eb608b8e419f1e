#!/usr/bin/env bash
# A private RabbitMQ broker on loopback, run by any user (root too) from the installed package, in the foreground.
#   start.sh DIRECTORY AMQP_PORT DISTRIBUTION_PORT EPMD_PORT
# DIRECTORY/password holds the password of the user llmoin; LLMOIN_RABBITMQ_SBIN names the folder of the server's programs.
set -euo pipefail
umask 077

directory=$1 amqp_port=$2 distribution_port=$3 epmd_port=$4
settings=$directory/settings
mkdir -p "$directory"/{home,data,log,plugins} "$settings"

# The cookie lets Erlang nodes talk to each other: an own one keeps this broker apart from every other.
cookie=$directory/home/.erlang.cookie
[ -s "$cookie" ] || head -c 32 /dev/urandom | base64 | tr -dc 'A-Za-z0-9' > "$cookie"
chmod 600 "$cookie"

echo '[].' > "$settings/enabled_plugins"
cat > "$settings/definitions.json" <<JSON
{
  "users": [{ "name": "llmoin", "password": "$(cat "$directory/password")", "tags": ["administrator"] }],
  "vhosts": [{ "name": "llmoin" }],
  "permissions": [{ "user": "llmoin", "vhost": "llmoin", "configure": ".*", "write": ".*", "read": ".*" }]
}
JSON
# consumer_timeout: an answer may take longer to write than the default half hour that a message may stay unacknowledged.
cat > "$settings/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$amqp_port
load_definitions = $settings/definitions.json
consumer_timeout = 86400000
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 200MB
log.file = false
log.console = true
log.console.level = info
log.connection.level = warning
CONF

export HOME=$directory/home
export LANG=C.UTF-8 TERM=dumb # no colours in the log
export RABBITMQ_CONF_ENV_FILE=/dev/null
export RABBITMQ_CONFIG_FILE=$settings/rabbitmq.conf
export RABBITMQ_ADVANCED_CONFIG_FILE=$settings/none.config
export RABBITMQ_ENABLED_PLUGINS_FILE=$settings/enabled_plugins
# The name is part of the data's path, so it must be the same at every start, whatever the port.
export RABBITMQ_NODENAME=llmoin@localhost
export RABBITMQ_BASE=$directory
export RABBITMQ_MNESIA_BASE=$directory/data
export RABBITMQ_LOG_BASE=$directory/log
export RABBITMQ_PLUGINS_EXPAND_DIR=$directory/plugins
export RABBITMQ_PID_FILE=$directory/broker.pid
export RABBITMQ_DIST_PORT=$distribution_port
export ERL_EPMD_PORT=$epmd_port
export ERL_EPMD_ADDRESS=127.0.0.1
# Two schedulers that sleep instead of spinning when there is nothing to do.
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none"
export RABBITMQ_CTL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"
# The server script then execs the virtual machine: this process becomes the broker.
export RUNNING_UNDER_SYSTEMD=1

exec "$LLMOIN_RABBITMQ_SBIN/rabbitmq-server"
