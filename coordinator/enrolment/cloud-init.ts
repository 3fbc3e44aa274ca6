import { stringify } from 'yaml';

const script = '/run/muster-install.sh';

/**
 * User data for cloud-init: the new VM runs the one-liner at its first boot, as root. cloud-init writes its own log of each command's
 * words, so the line with its token stands in a file that only root can read, on a tmpfs, and is gone afterwards.
 */
export function cloudInit(line: string): string {
  const content = ['#!/bin/sh', 'set -eu', `trap 'rm -f ${script}' EXIT`, line, ''].join('\n');
  const data = {
    write_files: [{ path: script, owner: 'root:root', permissions: '0700', content }],
    runcmd: [['/bin/sh', script]],
  };
  return `#cloud-config\n${stringify(data, { lineWidth: 0 })}`;
}
