import { stringify } from 'yaml';

const script = '/run/muster-install.sh';

/**
 * User data for cloud-init: the new VM runs the install command as root at its first boot. cloud-init logs the
 * arguments of commands, so the token is in a root-only file on a tmpfs, which the script deletes.
 */
export function cloudInit(line: string): string {
  const content = ['#!/bin/sh', 'set -eu', `trap 'rm -f ${script}' EXIT`, line, ''].join('\n');
  const data = {
    write_files: [{ path: script, owner: 'root:root', permissions: '0700', content }],
    runcmd: [['/bin/sh', script]],
  };
  return `#cloud-config\n${stringify(data, { lineWidth: 0 })}`;
}
