import { Command, Option } from 'commander';
import { exitCode, MusterError, messageOf } from '../../shared/errors/errors.ts';
import { flagsFor, type SetupFlags, setupFrom } from './cli/setup-options.ts';
import { type SizeFlags, sizeFlags, sizeFrom } from './cli/size-options.ts';
import { labStatus } from './cli/status.ts';
import { bootHost, clean, down, hostExec, killHost, wipeHost } from './hosts.ts';
import { labPaths } from './layout.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

interface UpOptions extends SetupFlags, SizeFlags {
  runtime: 'docker' | 'containerd';
  plan?: string;
  bare?: boolean;
}

async function up({ runtime, plan, bare, masters, hosts, ...flags }: UpOptions): Promise<void> {
  const { bootLab, bringUp } = await import('./bring-up.ts');
  const setup = setupFrom(flags);
  const lab = {
    ...sizeFrom({ masters, ...(hosts === undefined ? {} : { hosts }) }),
    say,
    ...(setup === undefined ? {} : { setup }),
  };
  if (bare !== true) return bringUp({ ...lab, runtime, ...(plan === undefined ? {} : { planFile: plan }) });
  await bootLab(lab);
  say(await labStatus());
}

const program = new Command('lab')
  .description(
    'Real Kubernetes on sandbox hosts of this machine: real systemd, apt, docker or containerd, a registry, kubeadm.\n' +
      'The hosts are master01 (192.168.0.130), node01 (.131), node02 (.132) and so on, in a network of their own;\n' +
      'further masters are master02 (.122), master03 (.123) and so on.\n' +
      `Needs Debian 12 and root. Keeps what it builds below ${labPaths.cache} (MUSTER_LAB_CACHE). MUSTER_LAB=NAME selects\n` +
      `another lab beside the first, with hosts and a network of its own.`,
  )
  .enablePositionalOptions()
  .addHelpText(
    'after',
    `
Examples:
  npm run lab                                       three bare hosts become a Ready cluster through muster
  npm run lab -- up --runtime containerd --hosts 5
  npm run lab -- up --masters 3 --hosts 4           three masters and a worker
  npm run lab -- up --bare                          bare hosts only
  npm run lab -- up --os master01=debian-12,node01=debian-11,node02=debian-13
  npm run lab -- up --firewall firewalld --dirty node02 --hosts 2
  npm run lab -- exec node01 journalctl -u kubelet -n 20
  npm run lab -- kill node02; npm run lab -- boot node02
  npm run lab -- wipe node02; npm run lab -- boot node02`,
  );

const upCommand = program
  .command('up', { isDefault: true })
  .description('build what is missing, boot the hosts and bring the cluster up (first time about 15 min, then under 2)')
  .addOption(new Option('--runtime <name>', 'container runtime').choices(['docker', 'containerd']).default('docker'))
  .option('--plan <file>', 'a cluster.yaml of your own instead of the lab’s')
  .option('--bare', 'stop when the hosts are up: nothing is installed on them')
  .action(up);
for (const option of [...sizeFlags(), ...flagsFor()]) upCommand.addOption(option);

program.command('down').description('end all that the lab started; the hosts’ disks stay').action(down);

program
  .command('status')
  .description('the hosts and, where there is a cluster, its nodes')
  .action(async () => {
    say(await labStatus());
  });

program
  .command('exec')
  .description('run a command on a host as root; input, output and exit code are the command’s')
  .argument('<host>')
  .argument('<cmd...>')
  .passThroughOptions()
  .allowUnknownOption()
  .helpOption(false)
  .action(async (host: string, words: string[]) => {
    const cmd = words[0] === '--' ? words.slice(1) : words;
    process.exitCode = (await hostExec(host, cmd, { stdio: 'inherit' })).exitCode;
  });

const onHost = (verb: string, description: string, action: (name: string) => Promise<void>) =>
  program
    .command(verb)
    .description(description)
    .argument('<host...>')
    .action(async (names: string[]) => {
      await Promise.all(names.map(action));
    });

onHost('kill', 'cut the power of hosts; their disks stay', killHost);
onHost('boot', 'power hosts on and wait until they are up', bootHost);
onHost('wipe', 'delete the disks of hosts (powering them off first): their next boot is a new machine’s', wipeHost);

program.command('clean').description('end the lab and delete all that it keeps, the builds too').action(clean);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`lab: ${messageOf(error)}\n`);
  if (error instanceof MusterError && error.remedy !== undefined) process.stderr.write(`  ${error.remedy.en}\n`);
  process.exitCode = error instanceof MusterError ? error.exit : exitCode.failure;
}
