import { out, type Recorded } from './evidence.ts';

export const packageAccessRecorded: Recorded = {
  'source-answered-otherwise': {
    holds: [
      out(
        'Err:1 http://deb.debian.org/debian bookworm InRelease',
        "  Clearsigned file isn't valid, got 'NOSPLIT' (does the network require authentication?)",
        "E: Failed to fetch http://deb.debian.org/debian/dists/bookworm/InRelease  Clearsigned file isn't valid, got 'NOSPLIT' (does the network require authentication?)",
      ),
    ],
    misses: [out('E: Failed to fetch http://deb.debian.org/debian/dists/bookworm/InRelease  Could not connect')],
  },
  'release-info-changed': {
    holds: [
      out(
        'Get:1 http://deb.debian.org/debian bookworm InRelease [151 kB]',
        "E: Repository 'http://deb.debian.org/debian bookworm InRelease' changed its 'Suite' value from 'stable' to 'oldstable'",
        'N: This must be accepted explicitly before updates for this repository can be applied. See apt-secure(8) manpage for details.',
      ),
    ],
    misses: [
      out(
        "N: Repository 'http://deb.debian.org/debian bookworm InRelease' changed its 'Version' value from '12.4' to '12.5'",
      ),
    ],
  },
  'release-outdated': {
    holds: [
      out(
        'E: Release file for http://archive.debian.org/debian-security/dists/buster/updates/InRelease is expired (invalid since 512d 3h 20min 11s). Updates for this repository will not be applied.',
      ),
      {
        output: ['a package source failed'],
        problem: {
          code: 'package-source-failed',
          params: {
            reason: 'E: Release file for https://m.example/dists/x/InRelease is expired (invalid since 2h 1min 5s).',
          },
        },
      },
    ],
    misses: [out('E: Release file for http://deb.example/dists/x/InRelease is not valid yet (invalid for another 2h)')],
  },
  'keyring-unusable': {
    holds: [
      out(
        "W: GPG error: https://pkgs.k8s.io/core:/stable:/v1.30/deb InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 234654DA9A296436",
        "W: The key(s) in the keyring /etc/apt/keyrings/kubernetes-apt-keyring.gpg are ignored as the file is not readable by user '_apt' executing apt-key.",
        "E: The repository 'https://pkgs.k8s.io/core:/stable:/v1.30/deb InRelease' is not signed.",
      ),
    ],
    misses: [out('W: https://x/InRelease: Key is stored in legacy trusted.gpg keyring (/etc/apt/trusted.gpg)')],
  },
  'keyring-unreadable': {
    holds: [
      out(
        'Sub-process /usr/bin/sqv returned an error code (1), error message is: Error: Failed to parse keyring "/etc/apt/keyrings/docker.asc"',
        "E: The repository 'https://download.docker.com/linux/debian trixie InRelease' is not signed.",
      ),
    ],
    misses: [
      out('Sub-process /usr/bin/sqv returned an error code (1), error message is: Missing key 234654DA9A296436'),
    ],
  },
  'signature-program-missing': {
    holds: [
      out(
        'W: GPG error: http://deb.debian.org/debian bullseye InRelease: gnupg, gnupg2 and gnupg1 do not seem to be installed, but one of them is required for this operation',
        "E: The repository 'http://deb.debian.org/debian bullseye InRelease' is not signed.",
      ),
    ],
    misses: [out('The following NEW packages will be installed: gnupg gpgv')],
  },
  'apt-method-missing': {
    holds: [out('E: The method driver /usr/lib/apt/methods/https could not be found.')],
    misses: [out("E: The method 'file' could not fetch x")],
  },
  'tmp-unwritable': {
    holds: [
      out(
        "E: The repository 'http://deb.debian.org/debian bullseye InRelease' is not signed.",
        "W: GPG error: http://deb.debian.org/debian bullseye InRelease: Couldn't create temporary file /tmp/apt.conf.s1Tg9a for passing config to apt-key",
      ),
    ],
    misses: [out("W: Couldn't create temporary file /var/cache/x")],
  },
  'apt-config-broken': {
    holds: [out('E: Syntax error /etc/apt/apt.conf.d/95proxies:2: Extra junk at end of file')],
    misses: [out('E: Malformed entry 1 in list file /etc/apt/sources.list.d/docker.list (Suite)')],
  },
  'apt-hook-failed': {
    holds: [
      out("E: Problem executing scripts DPkg::Post-Invoke 'test -x /usr/sbin/needrestart && needrestart -q'"),
      out('E: Sub-process /usr/bin/apt-listbugs returned an error code (1)'),
    ],
    misses: [out('E: Sub-process /usr/bin/dpkg returned an error code (1)')],
  },
};
