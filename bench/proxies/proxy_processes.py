"""Starts one nginx, one HAProxy and one Caddy with a listener for each set-up."""

import os
import shutil
import subprocess

from services import await_port

NGINX = """
daemon off;
worker_processes 1;
pid {work}/nginx.pid;
error_log {work}/nginx-error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {work}/nginx-body;
    proxy_temp_path {work}/nginx-proxy;
    fastcgi_temp_path {work}/nginx-fastcgi;
    uwsgi_temp_path {work}/nginx-uwsgi;
    scgi_temp_path {work}/nginx-scgi;
    client_max_body_size 512m;
    ssl_certificate {work}/certificate.pem;
    ssl_certificate_key {work}/key.pem;
{servers}
}}
"""
HAPROXY = """
global
    log stderr local0 warning
defaults
    mode http
    timeout connect 5s
    timeout client 60s
    timeout server 180s
"""
CADDY = """
{{
    admin off
    auto_https disable_redirects
    storage file_system {work}/caddy
    default_bind 127.0.0.1
}}
"""


class Proxies:
    def __init__(self, work, setups):
        self.work = work
        self.processes = []
        make_certificate(work)
        self.start("nginx", setups, self.nginx(setups), ["nginx", "-p", work, "-c"], "nginx.conf")
        self.start("haproxy", setups, self.haproxy(setups), ["haproxy", "-db", "-f"], "haproxy.cfg")
        self.start("caddy", setups, self.caddy(setups), ["caddy", "run", "--adapter", "caddyfile", "--config"], "Caddyfile")

    def start(self, proxy, setups, config, command, file):
        mine = [setup for setup in setups if setup.proxy == proxy]
        if not mine or not shutil.which(proxy):
            return
        path = os.path.join(self.work, file)
        with open(path, "w", encoding="utf-8") as out:
            out.write(config)
        with open(os.path.join(self.work, proxy + ".log"), "wb") as log:
            environment = dict(os.environ, XDG_DATA_HOME=self.work, XDG_CONFIG_HOME=self.work)
            process = subprocess.Popen([*command, path], stdout=log, stderr=log, cwd=self.work, env=environment)
        self.processes.append(process)
        for setup in mine:
            await_port(setup.port, process, f"{proxy}, see {self.work}/{proxy}.log,")

    def nginx(self, setups):
        servers = []
        for setup in (one for one in setups if one.proxy == "nginx"):
            kind = " ssl" if setup.tls else ""
            config = setup.config.replace("UPSTREAM", str(setup.upstream))
            servers.append(f"server {{\n    listen 127.0.0.1:{setup.port}{kind};\n{config}}}\n")
        return NGINX.format(work=self.work, servers="".join(servers))

    def haproxy(self, setups):
        config = HAPROXY
        for number, setup in enumerate(one for one in setups if one.proxy == "haproxy"):
            kind = f" ssl crt {self.work}/both.pem" if setup.tls else ""
            config += f"\nlisten setup{number}\n    bind 127.0.0.1:{setup.port}{kind}\n{setup.config}"
            config += f"    server program 127.0.0.1:{setup.upstream}\n"
        return config

    def caddy(self, setups):
        config = CADDY.format(work=self.work)
        for setup in (one for one in setups if one.proxy == "caddy"):
            tls = f"    tls {self.work}/certificate.pem {self.work}/key.pem\n"
            config += f"\nhttps://{setup.host}:{setup.port} {{\n{tls}{setup.config.replace('UPSTREAM', str(setup.upstream))}}}\n"
        return config

    def close(self):
        for process in self.processes:
            process.terminate()
            process.wait(30)


def make_certificate(work):
    names = "subjectAltName=DNS:docs.example.org,DNS:other.example.org"
    command = f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=docs.example.org -addext {names}"
    files = ["-keyout", f"{work}/key.pem", "-out", f"{work}/certificate.pem"]
    subprocess.run([*command.split(), *files], check=True, stderr=subprocess.DEVNULL)
    with open(f"{work}/both.pem", "w", encoding="utf-8") as both:
        for name in ("certificate.pem", "key.pem"):
            with open(f"{work}/{name}", encoding="utf-8") as part:
                both.write(part.read())
