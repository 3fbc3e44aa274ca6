import { mkdtemp, readFile, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { requireRoot } from '../required.ts';

/**
 * In place of systemctl: records every call, also in /tmp/calls beside those of Node; a service is `active` between start and stop. Its folder shows that
 * systemd runs.
 */
const systemctl = `#!/bin/sh
echo "$*" >>/tmp/systemctl
echo "systemctl $*" >>/tmp/calls
[ ! -e "/tmp/fail-systemctl-$1" ] || exit 1
[ "$1" != --quiet ] || shift
[ "$1" != enable ] || ln -sf "../$2" "/etc/systemd/system/multi-user.target.wants/$2"
[ "$1" != disable ] || rm -f "/etc/systemd/system/multi-user.target.wants/$2"
[ "$1" != list-units ] || cat /tmp/units 2>/dev/null || true
[ "$1" != show ] || echo SubState=running
`;

const prepare = `
set -eu
mount -t tmpfs -o mode=0755 tmpfs "$1"
mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" overlay "$1/root"
cd "$1/root"
mount -t proc proc proc
mount --rbind /dev dev
for folder in tmp run var/tmp var/lib; do mount -t tmpfs tmpfs $folder; done
rm -rf opt/muster etc/muster etc/muster-agent usr/local/bin/muster usr/local/bin/muster-agent
mkdir -p run/systemd/system etc/systemd/system/multi-user.target.wants opt usr/local/bin var/lib
printf 'ID=debian\\nVERSION_ID="12"\\n' >etc/os-release.new
mv etc/os-release.new etc/os-release
printf %s "$2" >usr/local/bin/systemctl
chmod 0755 usr/local/bin/systemctl
touch .muster-sandbox
exec chroot . /bin/sh -c 'echo ready; exec sleep infinity'
`;

/** The scripts under test change the system they run on: no command starts outside the marked sandbox. */
const guarded = ['/bin/sh', '-c', '[ -e /.muster-sandbox ] || exit 125; exec "$@"', 'sh'];

export interface Sandbox {
  /** Runs a program in the sandbox with a small environment; never throws for an exit code. */
  run(argv: string[], options?: { env?: Record<string, string>; input?: string | Buffer }): Promise<Ended>;
  write(file: string, content: string, mode?: string): Promise<void>;
  /** null: the file does not exist. */
  read(file: string): Promise<string | null>;
  /** Everything below these folders, with type, mode and owner; links with their targets. */
  list(...folders: string[]): Promise<string[]>;
  close(): Promise<void>;
}

export interface Ended {
  code: number | undefined;
  stdout: string;
  stderr: string;
}

/**
 * A root directory in its own namespaces, over this machine's: changes in it disappear with it, and its processes see
 * and signal only each other. The network is this machine's.
 */
export async function openSandbox(): Promise<Sandbox> {
  requireRoot('a root directory of its own');
  const folder = await mkdtemp(path.join(tmpdir(), 'muster-sandbox-'));
  const isolated = ['--mount', '--pid', '--fork', '--kill-child'];
  const holder = execa('unshare', [...isolated, '/bin/sh', '-c', prepare, 'sh', folder, systemctl], {
    stdin: 'ignore',
    reject: false,
  });
  const isReady = new Promise<void>((resolve) => holder.stdout.once('data', () => resolve()));
  const died = holder.then(({ stderr }) => Promise.reject(new Error(`no sandbox: ${stderr}`)));
  died.catch(() => {});
  await Promise.race([isReady, died]);
  const inside = (await readFile(`/proc/${holder.pid}/task/${holder.pid}/children`, 'utf8')).trim();
  const enter = ['--target', inside, '--mount', '--pid', '--root', '--wd', '--', 'env', '-i'];

  async function run(argv: string[], { env = {}, input = '' }: Parameters<Sandbox['run']>[1] = {}): Promise<Ended> {
    const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    const variables = Object.entries({ PATH: path, ...env }).map(([name, value]) => `${name}=${value}`);
    const result = await execa('nsenter', [...enter, ...variables, ...guarded, ...argv], { reject: false, input });
    return { code: result.exitCode, stdout: result.stdout, stderr: result.stderr };
  }

  return {
    run,
    async write(file, content, mode = '0644') {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's
      const script = 'mkdir -p "${1%/*}" && cat >"$1" && chmod "$2" "$1"';
      await run(['sh', '-c', script, 'sh', file, mode], { input: content });
    },
    async read(file) {
      const { code, stdout } = await run(['cat', file]);
      return code === 0 ? stdout : null;
    },
    async list(...folders) {
      const { stdout } = await run(['find', ...folders, '-printf', '%M %u:%g %p %l\n']);
      return stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => line.trim())
        .sort();
    },
    async close() {
      holder.kill('SIGKILL');
      await holder;
      // Empty outside the namespace.
      await rmdir(folder);
    },
  };
}
