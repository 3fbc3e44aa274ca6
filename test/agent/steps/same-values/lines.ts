import type { Action } from '../../../../shared/steps/action.ts';
import type { ApiServer } from '../../kube/api-server.ts';
import type { TestContext } from '../context.ts';

/** Programs that only read, or that a step runs to decide what to do. */
const looks =
  /^(systemctl (show|list-units)|journalctl|docker (info|image|ps)|crictl .*(inspecti|version|ps)|apt-cache|apt-get indextargets|find|dpkg-query|pgrep|findmnt|sha256sum|sync|mkdir|chmod|rm -r?f -- \S+(?:\.new|\.tgz)|kubeadm config|\S+-save)\b/;
/** The agent's own markers and records. */
const own = /^\/(var\/lib|run)\/muster-agent\/(?!kubeadm-)/;

/** Requests that delete, in the printed form. */
function deleted(requests: ApiServer['requests']): string[] {
  return requests.flatMap(({ method, path }) => {
    if (method !== 'DELETE' || path.includes('/certificatesigningrequests/')) return [];
    const name = path.slice(path.lastIndexOf('/') + 1);
    return path.includes('/secrets/bootstrap-token-')
      ? ['request delete bootstrap tokens that muster did not mint']
      : [`request delete ClusterRoleBinding ${name}`];
  });
}

/** What is done, in the printed form; options that only tune a program are left out. */
export function doneOn({ host }: TestContext, requests: ApiServer['requests']): string[] {
  const runs = host.calls.flatMap(({ program, args }) => {
    const line = [program, ...args].join(' ');
    if (looks.test(line)) return [];
    if (program === 'runuser') return [`file ${args.at(-1)}`];
    if (program === 'curl') return [`run curl ${args.at(-1)}`];
    if (program === 'tar') return [`run tar -C ${args[args.indexOf('-C') + 1]}`];
    if (/^(apt-get|apt-mark|docker|crictl|kubectl)$/.test(program)) return [`run ${withoutOptions(program, args)}`];
    return [`run ${line}`];
  });
  const files = host.written.filter((path) => !own.test(path)).map((path) => `file ${path}`);
  return [...new Set([...runs, ...files, ...deleted(requests)])];
}

function withoutOptions(program: string, args: readonly string[]): string {
  if (program === 'kubectl') return 'kubectl apply -f -';
  const rest = args.filter(
    (arg, index) => !arg.startsWith('-') && !/^(-o|-c|--runtime-endpoint)$/.test(args[index - 1] ?? ''),
  );
  return [program, ...rest].join(' ');
}

interface Printed {
  text: string;
  pattern: RegExp;
}

/** What is printed, as patterns. */
export function printed(actions: readonly Action[]): Printed[] {
  return actions.flatMap(({ do: verb, what }) => {
    if (verb === 'wait' || (verb === 'request' && !what.en.startsWith('delete '))) return [];
    const text = `${verb === 'run' || verb === 'request' ? verb : 'file'} ${what.en.replace(/^(apt-get \w+) -y /, '$1 ')}`;
    const pattern = text
      .split(/<[A-Z]+>|\*/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+');
    return [{ text, pattern: new RegExp(`^${pattern}$`) }];
  });
}
