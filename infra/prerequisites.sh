# Functions that find or install what LLMoin needs. Sourced by ./run and ./test.

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

ensure_dotnet() {
  dotnet --list-sdks 2> /dev/null | grep -q '^10\.' && return
  fail "The .NET SDK 10 is missing. Install it: https://dotnet.microsoft.com/download/dotnet/10.0
(Debian and Ubuntu with Microsoft's package source: sudo apt-get install dotnet-sdk-10.0)"
}

# Node brings llama.cpp and the fonts of exported files into the build, and is for the tests with OpenAI's client; npm comes with it or beside it.
has_node() { [ "$(node --version 2> /dev/null | sed 's/v\([0-9]*\).*/\1/')" -ge 20 ] 2> /dev/null && command -v npm > /dev/null; }

has_rabbitmq() { [ -n "${ConnectionStrings__messaging:-}" ] || compgen -G "${LLMOIN_RABBITMQ_SBIN:-/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin}/rabbitmq-server" > /dev/null; }

has_postgres() { [ -n "${ConnectionStrings__postgres:-}" ] || compgen -G "${LLMOIN_POSTGRES_BIN:-/usr/lib/postgresql/*/bin}/postgres" > /dev/null; }

docker_answers() { command -v docker > /dev/null && timeout 30 docker version --format '{{.Server.Version}}' > /dev/null 2>&1; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

can_install() { command -v apt-get > /dev/null && as_root true 2> /dev/null; }

# Installs Debian packages without letting the servers among them start: the platform runs private ones of its own.
install_packages() {
  say "Installing $* ..."
  local log policy=/usr/sbin/policy-rc.d made=''
  log=$(mktemp)
  if [ ! -e "$policy" ]; then
    made=yes
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" > /dev/null
    as_root chmod 755 "$policy"
  fi
  local ok=yes
  { as_root apt-get update && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } > "$log" 2>&1 || ok=''
  [ -z "$made" ] || as_root rm -f "$policy"
  if [ -z "$ok" ]; then
    tail -n 15 "$log" >&2
    fail "apt-get could not install $* (whole output: $log)."
  fi
  rm -f "$log"
  # Not at the next boot either. Only services that came just now: the others are somebody's.
  if [ -d /run/systemd/system ]; then as_root systemctl disable --quiet rabbitmq-server postgresql 2> /dev/null || true; fi
}

# RabbitMQ and PostgreSQL, in this order: given or installed, by apt, in containers (the runner starts those), else say what to type.
ensure_servers() {
  local missing=()
  has_rabbitmq || missing+=(rabbitmq-server)
  has_postgres || missing+=(postgresql)
  [ ${#missing[@]} -gt 0 ] || return 0
  if can_install; then
    install_packages "${missing[@]}"
  elif docker_answers; then
    say "Not installed: ${missing[*]}; containers take their place."
  else
    fail "Missing: ${missing[*]}. Type this and try again:
  sudo apt-get install ${missing[*]}
or start Docker, or name servers of your own:
  export ConnectionStrings__messaging=amqp://USER:PASSWORD@HOST:5672/VHOST
  export ConnectionStrings__postgres='Host=HOST;Username=ADMIN;Password=PASSWORD'"
  fi
}

ensure_node() {
  has_node && return
  local version
  version=$(apt-cache policy nodejs 2> /dev/null | sed -n 's/ *Candidate: \([0-9]*\)\..*/\1/p')
  if can_install && [ "${version:-0}" -ge 20 ]; then
    local packages=(nodejs)
    # Debian packs npm apart, NodeSource within nodejs.
    apt-cache depends nodejs 2> /dev/null | grep -q 'Conflicts: npm' || packages+=(npm)
    install_packages "${packages[@]}"
    has_node && return
  fi
  fail "Node.js 20 or later with npm is missing. Install it: https://nodejs.org/en/download (the distribution offers version ${version:-none})."
}

# The browser of the end-to-end tests: the distribution's, or the one named by LLMOIN_CHROMIUM.
ensure_chromium() {
  [ -z "${LLMOIN_CHROMIUM:-}" ] || { [ -x "$LLMOIN_CHROMIUM" ] && return; fail "LLMOIN_CHROMIUM=$LLMOIN_CHROMIUM is no program."; }
  local browser
  for browser in chromium-headless-shell chromium chromium-browser google-chrome; do [ ! -x "/usr/bin/$browser" ] || return 0; done
  # The one without windows is enough. Ubuntu's chromium only fetches a snap, which does not start everywhere.
  for browser in chromium-headless-shell chromium; do
    if can_install && apt-cache policy "$browser" 2> /dev/null | grep -q 'Candidate: [0-9]'; then
      install_packages "$browser"
      return
    fi
  done
  fail "Chromium is missing, in which the web front-end is tested. Install it (Debian: sudo apt-get install chromium; else https://www.google.com/chrome)
or name one: export LLMOIN_CHROMIUM=/path/to/chromium"
}

# Builds without leaving build servers behind.
build() {
  export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
  # Not `dotnet build`: that adds a summary to every quiet build.
  dotnet msbuild "$1" -restore -verbosity:quiet -p:Configuration=Release -p:UseSharedCompilation=false
}
