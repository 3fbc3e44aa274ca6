import { out, type Recorded } from './evidence.ts';

export const packageDatabaseRecorded: Recorded = {
  'package-script-failed': {
    holds: [
      out(
        'Setting up docker.io (20.10.24+dfsg1-1+b3) ...',
        'Job for docker.service failed because the control process exited with error code.',
        'invoke-rc.d: initscript docker, action "start" failed.',
        'dpkg: error processing package docker.io (--configure):',
        ' installed docker.io package post-installation script subprocess returned error exit status 1',
        'E: Sub-process /usr/bin/dpkg returned an error code (1)',
      ),
    ],
    misses: [out('Setting up docker.io (20.10.24+dfsg1-1+b3) ...')],
  },
  'package-half-installed': {
    holds: [out("E: The package kubelet needs to be reinstalled, but I can't find an archive for it.")],
    misses: [out('E: Unable to locate package kubelet')],
  },
  'dpkg-update-damaged': {
    holds: [
      out(
        "dpkg: error: parsing file '/var/lib/dpkg/updates/0023' near line 0:",
        " newline in field name '#padding'",
        'E: Sub-process /usr/bin/dpkg returned an error code (2)',
      ),
    ],
    misses: [out("dpkg: warning: parsing file '/var/lib/dpkg/tmp.ci/control' near line 5")],
  },
  'dpkg-status-damaged': {
    holds: [
      out('E: Could not open file /var/lib/dpkg/status - open (2: No such file or directory)'),
      out(
        "dpkg: error: parsing file '/var/lib/dpkg/status' near line 1:",
        " newline in field name '#padding'",
        'E: Sub-process /usr/bin/dpkg returned an error code (2)',
      ),
    ],
    misses: [out("dpkg: warning: parsing file '/var/lib/dpkg/tmp.ci/control' near line 5")],
  },
  'dpkg-list-damaged': {
    holds: [
      out(
        'dpkg: unrecoverable fatal error, aborting:',
        " files list file for package 'libc6:amd64' is missing final newline",
        'E: Sub-process /usr/bin/dpkg returned an error code (2)',
      ),
    ],
    misses: [out('dpkg-query: no packages found matching kubelet')],
  },
  'file-immutable': {
    holds: [
      out(
        'dpkg: error processing archive /var/cache/apt/archives/kubelet_1.29.1-1.1_amd64.deb (--unpack):',
        " unable to make backup link of './usr/bin/kubelet' before installing new version: Operation not permitted",
        'E: Sub-process /usr/bin/dpkg returned an error code (1)',
      ),
    ],
    misses: [out("cannot copy extracted data for './usr/bin/kubelet': failed to write (No space left on device)")],
  },
};
