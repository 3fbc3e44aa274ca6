import { readFileSync } from 'node:fs';
import { verbatim } from '../../../../shared/text/local-text.ts';
import { failedBy, out, type Recorded } from './evidence.ts';

/** Output of a case from a public report. */
const caseLog = (name: string, file = 'log.txt') =>
  readFileSync(new URL(`../../../cases/${name}/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('[['));

export const packagesRecorded: Recorded = {
  'apt-lock-held': {
    holds: [
      out(
        'Waiting for cache lock: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 4711 (unattended-upgr)...',
      ),
      out('E: Could not get lock /var/lib/apt/lists/lock - open (11: Resource temporarily unavailable)'),
      failedBy('package-lock-held', { pid: '77', name: 'apt-get', minutes: 10 }),
      out(...caseLog('53-pass-dpkg-frontend')),
    ],
    misses: [out('E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)')],
  },
  'dpkg-interrupted': {
    holds: [out("E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem.")],
    misses: [out('Processing triggers for dpkg (1.21.22) ...')],
  },
  'proxy-refused': {
    holds: [
      out('Get "https://registry.k8s.io/v2/": Proxy Authentication Required'),
      out('Err:1 http://mirror/debian bookworm InRelease', '  407  Proxy Authentication Required [IP: 10.0.0.1 3128]'),
      failedBy('download-failed', { url: 'https://m/key', reason: 'Failed to establish tunnel: HTTP/1.1 407 x' }),
    ],
    misses: [out('Get:407 http://mirror/debian bookworm/main amd64 proxy')],
  },
  'apt-mirror-unreachable': {
    holds: [
      out(
        'Err:1 http://192.168.0.1:8080/kubernetes kubernetes-xenial InRelease Could not connect to 192.168.0.1:8080 (192.168.0.1). - connect (111: Connection refused)',
      ),
      out(
        "W: Failed to fetch https://mirrors.example/kubernetes/apt/dists/x/InRelease  Could not resolve 'mirrors.example'",
      ),
      failedBy('download-failed', {
        url: 'https://mirrors.example/key.gpg',
        reason: verbatim('connect ECONNREFUSED 10.0.0.1:443'),
      }),
    ],
    misses: [out('Err:3 http://mirror.example/k8s x Release  404  Not Found [IP: 10.0.0.1 80]')],
  },
  'source-cdrom': {
    holds: [out(...caseLog('06-apt-cdrom'))],
    misses: [out(...caseLog('04-apt-ppa-gone'))],
  },
  'package-index-stale': {
    holds: [out(...caseLog('08-apt-deb-404'))],
    misses: [out(...caseLog('03-apt-dead-other-repo'))],
  },
  'sources-malformed': {
    holds: [
      out('E: Malformed entry 1 in list file /etc/apt/sources.list.d/x.list (Component)'),
      out("E: Type 'http:' is not known on line 1 in source list /etc/apt/sources.list"),
    ],
    misses: [out('E: Malformed stanza 1 in source list /etc/apt/sources.list.d/x.sources (type)')],
  },
  'sources-stanza-malformed': {
    holds: [
      out('E: Malformed stanza 1 in source list /etc/apt/sources.list.d/x.sources (type)'),
      out('E: Malformed entry 1 in sources file /etc/apt/sources.list.d/x.sources (Suite)'),
      out("E: Type 'debx' is not known on stanza 2 in source list /etc/apt/sources.list.d/x.sources"),
    ],
    misses: [out('E: Malformed entry 1 in list file /etc/apt/sources.list.d/x.list (Component)')],
  },
  'package-source-untrusted': {
    holds: [
      out(
        'W: Failed to fetch https://mirror.corp.example/kubernetes/InRelease  Certificate verification failed: The certificate is NOT trusted. The certificate issuer is unknown.  Could not handshake: Error in the certificate verification. [IP: 10.0.0.5 443]',
      ),
      out('server certificate verification failed. CAfile: none CRLfile: none'),
      failedBy('download-failed', {
        url: 'https://mirror.corp.example/Release.key',
        reason: verbatim('self-signed certificate in certificate chain'),
      }),
    ],
    misses: [
      failedBy('download-failed', { url: 'https://mirror.corp.example/Release.key', reason: verbatim('HTTP 404') }),
      out('Get "https://harbor.corp.example/v2/": x509: certificate signed by unknown authority'),
    ],
  },
  'apt-release-missing': {
    holds: [
      out(...caseLog('03-apt-dead-other-repo')),
      out(...caseLog('04-apt-ppa-gone')),
      failedBy('package-source-failed', {
        reason: "E: The repository 'http://m/k x Release' does not have a Release file.",
      }),
      out("E: The repository 'https://apt.kubernetes.io kubernetes-xenial Release' does not have a Release file."),
    ],
    misses: [out('Get:1 https://apt.kubernetes.io kubernetes-xenial Release [9383 B]')],
  },
  'package-version-missing': {
    holds: [
      out("E: Version '1.23.99-00' for 'kubeadm' was not found"),
      failedBy('version-unavailable', { version: '1.20.99', offered: '1.20.2-00' }),
    ],
    misses: [out("Selected version '1.23.0-00' (kubernetes) for 'kubeadm'")],
  },
  'package-unsuitable': {
    holds: [failedBy('package-unsuitable', { name: 'containerd', version: '2.1.4', kubernetes: '1.20.2' })],
    misses: [failedBy('package-unavailable', { name: 'docker-ce', version: '28', offered: 'nothing' })],
  },
  'package-pinned': {
    holds: [failedBy('package-pinned', { name: 'docker.io' })],
    misses: [failedBy('package-unavailable', { name: 'docker-ce', version: '28', offered: 'nothing' })],
  },
  'package-missing': {
    holds: [
      failedBy('package-unavailable', { name: 'docker-ce', version: '28', offered: 'nothing' }),
      out('E: Unable to locate package docker.io'),
      out("E: Package 'containerd' has no installation candidate"),
    ],
    misses: [out('Unpacking docker.io (20.10.24) ...')],
  },
  'signature-refused': {
    holds: [
      out(
        'W: OpenPGP signature verification failed: http://m  InRelease: Sub-process /usr/bin/sqv returned an error code (1), error message is: Error: Policy rejected packet type  Caused by:     Signature Packet v3 is not considered secure since 2026-02-01T00:00:00Z',
        "E: The repository 'http://m  InRelease' is not signed.",
      ),
      out(
        'W: OpenPGP signature verification failed: http://m  InRelease: error message is: Signing key on FD78C479E6D4E348 is not bound: No binding signature at time 2025-01-01T00:00:00Z because: Policy rejected non-revocation signature (PositiveCertification) requiring second pre-image resistance because: SHA1 is not considered secure since 2026-02-01T00:00:00Z',
      ),
    ],
    misses: [
      out('W: GPG error: http://m InRelease: The following signatures were invalid: EXPKEYSIG C2E06B25A8640116'),
    ],
  },
  'repository-key-wrong': {
    holds: [
      out(
        "W: GPG error: http://mirror InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY B53DC80D13EDEF05",
      ),
      out(
        'W: GPG error: https://mirrors.example.cn/kubernetes/apt kubernetes-xenial InRelease: The following signatures were invalid: EXPKEYSIG FEEA9169307EA071',
      ),
    ],
    misses: [out('Warning: the key’s fingerprint is B53DC80D13EDEF05')],
  },
  'sources-conflict': {
    holds: [
      out(...caseLog('03-apt-dead-other-repo', 'log-signedby.txt')),
      out(...caseLog('03-apt-dead-other-repo', 'log-trusted.txt')),
      out(
        'E: Conflicting values set for option Signed-By regarding source http://192.168.0.1:8080/kubernetes/ kubernetes-xenial: /usr/share/keyrings/kubernetes.gpg != ',
      ),
    ],
    misses: [out('E: The list of sources could not be read.')],
  },
  'key-mismatch': {
    holds: [failedBy('key-mismatch'), failedBy('key-unreadable')],
    misses: [out('Fetched the key; its SHA-256 is as planned')],
  },
  'package-damaged': {
    holds: [
      out('E: Failed to fetch http://m/Packages.gz  File has unexpected size (12 != 13). Mirror sync in progress?'),
    ],
    misses: [out('Fetched 12 MB in 3s (4 MB/s)')],
  },
  'packages-conflict': {
    holds: [out('The following packages have unmet dependencies:', ' containerd.io : Conflicts: containerd')],
    misses: [out('Setting up containerd (1.6.20) ...')],
  },
};
