"""A real IMAP server for tests: Dovecot in the foreground, over TLS with a certificate of its own, each user a mailbox."""

from __future__ import annotations

import datetime
import grp
import ipaddress
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.post_office import free_port

PROGRAM = "/usr/sbin/dovecot"
PASSWORD = "pašto-slaptažodis"  # letters of ours go over the line as any
COMMON = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = required
first_valid_uid = 0
auth_failure_delay = 0
{users}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""
OLD = """
mail_location = maildir:{home}/mail/%u
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/key.pem
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
"""
NEW = """
mail_driver = maildir
mail_path = {home}/mail/%{{user}}
ssl_server_cert_file = {home}/cert.pem
ssl_server_key_file = {home}/key.pem
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {uid}
    gid = {gid}
    home = {home}/mail/%{{user}}
  }}
}}
"""


class MailRoom:
    """`port`, the trusted certificate `ca`; `client(user)` is a line of the test's own."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="alytus-mail-"))
        self.home.chmod(0o755)
        self.port, self.ca = free_port(), self.home / "cert.pem"
        self.process: subprocess.Popen | None = None

    def open(self) -> None:
        person = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        (self.home / "mail").mkdir()
        if os.geteuid() == 0:  # the server refuses letters to root, and logs in as users of its own
            os.chown(self.home / "mail", person.pw_uid, person.pw_gid)
            users = ""
        else:
            group = grp.getgrgid(person.pw_gid).gr_name
            users = (
                f"default_login_user = {person.pw_name}\ndefault_internal_user = {person.pw_name}\n"
                f"default_internal_group = {group}"
            )
        self._make_certificate()
        told = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout
        is_old = told.startswith("2.3")
        head = "" if is_old else "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n"
        values = {
            "home": self.home,
            "port": self.port,
            "users": users,
            "uid": person.pw_uid,
            "gid": person.pw_gid,
            "password": PASSWORD,
        }
        text = head + (COMMON + (OLD if is_old else NEW)).format(**values)
        (self.home / "dovecot.conf").write_text(text, encoding="utf-8")
        self.process = subprocess.Popen(
            [PROGRAM, "-F", "-c", str(self.home / "dovecot.conf")],
            stdout=subprocess.DEVNULL,
            stderr=(self.home / "complaints").open("wb"),
        )
        ends_at = time.monotonic() + 20
        while not self._answers():
            if time.monotonic() > ends_at or self.process.poll() is not None:
                complaints = (self.home / "complaints").read_text() + self.log()
                raise RuntimeError(f"Dovecot does not start: {complaints}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            self.client("begin").logout()
        except OSError:
            return False
        return True

    def log(self) -> str:
        path = self.home / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def client(self, user: str):
        import ssl

        from imapclient import IMAPClient

        trust = ssl.create_default_context(cafile=str(self.ca))
        line = IMAPClient("127.0.0.1", self.port, ssl_context=trust, timeout=20)
        line.plain_login(user, PASSWORD)
        return line

    def close(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)
        shutil.rmtree(self.home, ignore_errors=True)

    def _make_certificate(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
        now = datetime.datetime.now(datetime.UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=2))
            .add_extension(
                x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
            )
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
            .sign(key, hashes.SHA256())
        )
        self.ca.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (self.home / "key.pem").write_bytes(secret)
        (self.home / "key.pem").chmod(0o600)
