"""The set-ups: how a proxy is configured, what the browser's address is, and what has to happen."""

import dataclasses

HOST = "docs.example.org"


@dataclasses.dataclass
class Setup:
    """`proxy` is nginx, haproxy or caddy. `program` names the server behind it (see PROGRAMS)."""

    name: str
    proxy: str
    program: str
    config: str
    tls: bool = True
    prefix: str = ""
    # Whether the browser's address has the port of the proxy; otherwise the browser seems to use the default port.
    shows_port: bool = False
    host: str = HOST
    # The settings of which a refusal has to name each; empty when everything has to work.
    refusal: tuple = ()
    # Seconds after which the proxy answers 504 if nothing came, which is less than the slow model needs; 0 if it waits for that.
    gives_up: int = 0
    # Another set-up of this name is the next proxy, instead of the program.
    via: str = ""
    port: int = 0
    upstream: int = 0


PROGRAMS = {
    "trusting": {
        "LECTERN_HTTP_TRUSTED_PROXIES": "127.0.0.1",
        "LECTERN_SECURITY_ALLOWED_HOSTS": HOST,
    },
    "untold": {"LECTERN_SECURITY_ALLOWED_HOSTS": HOST},
    "public": {
        "LECTERN_HTTP_TRUSTED_PROXIES": "127.0.0.1",
        "LECTERN_HTTP_PUBLIC_URL": f"https://{HOST}",
        # A bare nginx passes on what a client sends, and anybody could choose an address.
        "LECTERN_HTTP_PROXY_HEADERS": "none",
    },
}

NGINX = """
    location / {
        proxy_pass http://127.0.0.1:UPSTREAM;
        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Forwarded-Host $http_host;
        proxy_set_header X-Forwarded-Port "";
        proxy_set_header X-Forwarded-Prefix "";
        proxy_set_header Forwarded "";
        proxy_read_timeout 180s;
    }
"""
NGINX_PREFIX = """
    location = /lectern { return 308 /lectern/; }
""" + NGINX.replace("location /", "location /lectern/").replace(":UPSTREAM;", ":UPSTREAM/;").replace(
    'X-Forwarded-Prefix ""', "X-Forwarded-Prefix /lectern"
)
# What nginx does when nobody says anything: HTTP/1.0, Host changed, buffers, 60 s.
NGINX_BARE = """
    location / { proxy_pass http://127.0.0.1:UPSTREAM; }
"""
NGINX_PACKED = (
    """
    gzip on;
    gzip_proxied any;
    gzip_min_length 1;
    gzip_types *;
    proxy_buffering on;
    proxy_buffers 16 64k;
"""
    + NGINX
)

HAPROXY = """
    option forwardfor
    http-request del-header X-Forwarded-For
    http-request del-header X-Forwarded-Port
    http-request del-header X-Forwarded-Prefix
    http-request del-header Forwarded
    http-request set-header X-Forwarded-Proto https if { ssl_fc }
    http-request set-header X-Forwarded-Proto http if !{ ssl_fc }
    http-request set-header X-Forwarded-Host %[req.hdr(Host)]
"""
HAPROXY_PREFIX = (
    HAPROXY
    + """
    http-request redirect code 308 location /lectern/ if { path /lectern }
    http-request deny deny_status 404 if !{ path_beg /lectern/ }
    http-request set-header X-Forwarded-Prefix /lectern
    http-request replace-path /lectern/(.*) /\\1
"""
)
HAPROXY_FORWARDED = """
    http-request del-header X-Forwarded-For
    http-request del-header X-Forwarded-Proto
    http-request del-header X-Forwarded-Host
    http-request del-header X-Forwarded-Port
    http-request del-header X-Forwarded-Prefix
    http-request set-header Forwarded for=%[src];host=\\"%[req.hdr(Host)]\\";proto=https
    http-request set-header Host 127.0.0.1
"""
HAPROXY_PACKED = HAPROXY + """
    compression algo gzip
    compression type text/event-stream text/html application/json text/javascript
"""

CADDY = """
    reverse_proxy 127.0.0.1:UPSTREAM
"""
CADDY_PREFIX = """
    redir /lectern /lectern/ 308
    handle_path /lectern/* {
        reverse_proxy 127.0.0.1:UPSTREAM {
            header_up X-Forwarded-Prefix /lectern
        }
    }
"""

SETUPS = [
    Setup("nginx: no TLS, other port", "nginx", "trusting", NGINX, tls=False, shows_port=True),
    Setup("nginx: ends TLS", "nginx", "trusting", NGINX),
    Setup("nginx: ends TLS, path prefix", "nginx", "trusting", NGINX_PREFIX, prefix="/lectern"),
    Setup("nginx: ends TLS, other port, path prefix", "nginx", "trusting", NGINX_PREFIX, prefix="/lectern", shows_port=True),
    Setup(
        "nginx: changes Host, passes the old one on",
        "nginx",
        "trusting",
        NGINX.replace("Host $http_host;", "Host backend.internal;", 1),
    ),
    Setup(
        "nginx: HTTP/1.0 to the server, without Host",
        "nginx",
        "trusting",
        NGINX.replace("proxy_http_version 1.1", "proxy_http_version 1.0").replace("Host $http_host;", 'Host "";', 1),
    ),
    Setup("nginx: gzip and buffers on", "nginx", "trusting", NGINX_PACKED),
    Setup("nginx: nothing set, public address set", "nginx", "public", NGINX_BARE, gives_up=60),
    Setup("HAProxy: ends TLS", "haproxy", "trusting", HAPROXY),
    Setup("HAProxy: ends TLS, path prefix", "haproxy", "trusting", HAPROXY_PREFIX, prefix="/lectern"),
    Setup("HAProxy: Forwarded (RFC 7239), changes Host", "haproxy", "trusting", HAPROXY_FORWARDED, shows_port=True),
    Setup("HAProxy: compression of everything", "haproxy", "trusting", HAPROXY_PACKED),
    Setup("HAProxy ends TLS, then nginx", "haproxy", "trusting", HAPROXY, via="inner nginx"),
    Setup(
        "inner nginx",
        "nginx",
        "trusting",
        NGINX.replace("$remote_addr", "$proxy_add_x_forwarded_for")
        .replace("$scheme", "$http_x_forwarded_proto")
        .replace("X-Forwarded-Host $http_host", "X-Forwarded-Host $http_x_forwarded_host"),
        tls=False,
    ),
    Setup("Caddy: ends TLS", "caddy", "trusting", CADDY),
    Setup("Caddy: ends TLS, path prefix", "caddy", "trusting", CADDY_PREFIX, prefix="/lectern"),
    Setup("nginx: ends TLS, not trusted", "nginx", "untold", NGINX, refusal=("LECTERN_HTTP_TRUSTED_PROXIES",)),
    Setup("nginx: nothing set", "nginx", "untold", NGINX_BARE, refusal=("LECTERN_HTTP_TRUSTED_PROXIES", "X-Forwarded-Proto")),
    Setup(
        "nginx: trusted, but no X-Forwarded-Proto",
        "nginx",
        "trusting",
        NGINX.replace("X-Forwarded-Proto $scheme", 'X-Forwarded-Proto ""'),
        refusal=("X-Forwarded-Proto", "LECTERN_HTTP_PUBLIC_URL"),
    ),
    Setup(
        "HAProxy: name that is not allowed",
        "haproxy",
        "trusting",
        HAPROXY,
        host="other.example.org",
        refusal=("LECTERN_SECURITY_ALLOWED_HOSTS",),
    ),
]
