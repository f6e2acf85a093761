#!/usr/bin/env bash
# Scans the protocols and cipher suites of a running server with openssl and prints a table. Fails if it accepts a protocol before TLS 1.2, or a suite
# without forward secrecy or authenticated encryption.
# Usage: bench/tls.sh [HOST [PORT]]   (default: localhost 8443)
set -u
host=${1:-localhost}
port=${2:-8443}
openssl=${OPENSSL:-openssl}
bad=0

# connect OPTIONS…: "protocol suite" of a completed handshake; empty when the server refuses. Level 0 lets openssl offer what is outdated.
connect() {
  "$openssl" s_client -connect "$host:$port" -servername "$host" "$@" </dev/null 2>/dev/null |
    awk '/^New, /{sub(/,$/, "", $2); suite = $NF; protocol = $2} END {if (suite != "" && suite != "(NONE)") print protocol, suite}'
}

if [ -z "$(connect)" ]; then
  echo "There is no TLS server at $host:$port. Start one: lectern tls self-signed, then lectern serve with its files." >&2
  exit 2
fi

printf '%-9s %-36s %s\n' protocol suite accepted
for protocol in ssl3 tls1 tls1_1; do
  if ! "$openssl" s_client -help 2>&1 | grep -q -- "-$protocol "; then
    printf '%-9s %-36s %s\n' "$protocol" any 'not tried: this openssl cannot'
    continue
  fi
  got=$(connect "-$protocol" -cipher 'ALL:@SECLEVEL=0')
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
