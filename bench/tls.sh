#!/usr/bin/env bash
# Scans the protocols and cipher suites of a server with openssl and prints a table. Fails if it accepts a protocol before TLS 1.2, or a suite without
# forward secrecy or authenticated encryption. Without a host it starts the program itself, scans it with certificates of EC and RSA keys, and then replaces
# its certificate under load, by which no request may fail.
# usage: bench/tls.sh [HOST [PORT]]                (PORT: 8443)
#        bench/tls.sh [--replacements NUMBER]      (20; needs Python 3.10, and curl for HTTP/2). LECTERN_PROGRAM names another program than ./lectern.
set -u
case ${1:---} in
  --*)
    cd "$(dirname "$0")/.." || exit 2
    export LECTERN_PROGRAM=${LECTERN_PROGRAM:-$PWD/lectern} PYTHONDONTWRITEBYTECODE=1
    [ "$LECTERN_PROGRAM" != "$PWD/lectern" ] || ./lectern build || exit 2
    exec python3 bench/tls/main.py "$@"
    ;;
esac
host=$1
port=${2:-8443}
openssl=${OPENSSL:-openssl}
bad=0

# connect OPTIONS…: "protocol suite" of a completed handshake; empty when the server refuses. Level 0 lets openssl offer what is outdated.
connect() {
  "$openssl" s_client -connect "$host:$port" -servername "$host" "$@" </dev/null 2>/dev/null |
    awk '/^New, /{sub(/,$/, "", $2); suite = $NF; protocol = $2} END {if (suite != "" && suite != "(NONE)") print protocol, suite}'
}

# greet PROTOCOL: for what this openssl cannot speak any more. Sends the first message of a client by hand, with the usual suites; prints something if the
# server answers with a handshake (22) and not with an alert (21), or not at all.
greet() {
  local minor=0 random hello record
  case $1 in tls1) minor=1 ;; tls1_1) minor=2 ;; esac
  random=$(printf '00%.0s' {1..32})
  hello="030$minor${random}00000cc009c00ac013c014002f00350100"
  record="16030$minor$(printf '%04x' $((${#hello} / 2 + 4)))01$(printf '%06x' $((${#hello} / 2)))$hello"
  exec 3<>"/dev/tcp/$host/$port" || return 0
  printf '%b' "$(sed 's/../\\x&/g' <<<"$record")" >&3
  [ "$(timeout 10 head -c 1 <&3 | od -An -tu1 | tr -d ' ')" = 22 ] && echo "$1 any"
  exec 3<&- 3>&-
}

if [ -z "$(connect)" ]; then
  echo "There is no TLS server at $host:$port. Start one: lectern tls self-signed, then lectern serve with its files." >&2
  exit 2
fi

printf '%-9s %-36s %s\n' protocol suite accepted
for protocol in ssl3 tls1 tls1_1; do
  if "$openssl" s_client -help 2>&1 | grep -q -- "-$protocol "; then
    got=$(connect "-$protocol" -cipher 'ALL:@SECLEVEL=0')
  else
    got=$(greet "$protocol")
  fi
  printf '%-9s %-36s %s\n' "$protocol" any "$([ -n "$got" ] && echo YES || echo no)"
  [ -z "$got" ] || bad=1
done
for suite in $("$openssl" ciphers -tls1_2 'ALL:COMPLEMENTOFALL:@SECLEVEL=0' | tr ':' '\n' | grep -v '^TLS_'); do
  got=$(connect -tls1_2 -cipher "$suite:@SECLEVEL=0")
  [ -n "$got" ] || { refused=$((${refused:-0} + 1)); continue; }
  case $suite in
    ECDHE-*GCM*|ECDHE-*CHACHA20*) printf '%-9s %-36s %s\n' tls1_2 "$suite" yes ;;
    *) printf '%-9s %-36s %s\n' tls1_2 "$suite" 'YES, and it should not be'; bad=1 ;;
  esac
done
printf '%-9s %-36s %s\n' tls1_2 "${refused:-0} others" no
for suite in TLS_AES_256_GCM_SHA384 TLS_AES_128_GCM_SHA256 TLS_CHACHA20_POLY1305_SHA256 TLS_AES_128_CCM_SHA256 TLS_AES_128_CCM_8_SHA256; do
  got=$(connect -tls1_3 -ciphersuites "$suite")
  printf '%-9s %-36s %s\n' tls1_3 "$suite" "$([ -n "$got" ] && echo yes || echo no)"
done
alpn=$("$openssl" s_client -connect "$host:$port" -servername "$host" -alpn h2,http/1.1 </dev/null 2>/dev/null | sed -n 's/^ALPN protocol: //p')
printf '%-9s %-36s %s\n' alpn "${alpn:-none}" "$([ "$alpn" = h2 ] && echo yes || echo no)"
[ "$alpn" = h2 ] || bad=1
exit $bad
