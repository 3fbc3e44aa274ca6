import { Argument, type Command, type Option } from 'commander';
import { hostName } from '../../shared/protocol/text.ts';
import { createOperatorClient, type OperatorClient } from './client.ts';
import type { Shell } from './shells.ts';
import type { Io } from './terminal/io.ts';
import { clean } from './terminal/text.ts';

const scripts: Record<Shell, string> = {
  bash: `_muster() {
  local IFS=$'\\n'
  COMPREPLY=($(muster complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f 1))
}
complete -o default -F _muster muster
`,
  zsh: `#compdef muster
_muster() {
  local -a found
  local word about
  while IFS=$'\\t' read -r word about; do
    found+=("\${word//:/\\\\:}:$about")
  done < <(muster complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( \${#found} )) && _describe muster found || _files
}
if [ "$funcstack[1]" = _muster ]; then _muster "$@"; else compdef _muster muster; fi
`,
};

/** The shell's completion script. It calls `muster complete` at each Tab, so it never becomes outdated. */
export function completionScript(shell: Shell): string {
  return scripts[shell];
}

interface Candidate {
  word: string;
  about: string;
}

/**
 * Prints the completions of the last of `words`, one per line: word, tab, description. Completes subcommands, options,
 * their values, and host names if the coordinator is reachable.
 */
export async function complete(io: Io, program: Command, words: readonly string[], socket: string): Promise<void> {
  const typed = words.at(-1) ?? '';
  const { command, place, option } = walk(program, words.slice(0, -1));
  const found =
    option === undefined
      ? [
          ...(place === 0 ? subCommands(command) : []),
          ...(await valuesOf(command.registeredArguments[place], socket)),
          ...(typed.startsWith('-') ? optionsOf(command, program) : []),
        ]
      : await valuesOf(option, socket);
  for (const { word, about } of found) if (word.startsWith(typed)) io.stdout.write(`${word}\t${about}\n`);
}

interface Position {
  command: Command;
  /** Index of the completed argument. */
  place: number;
  /** The option whose value is completed. */
  option: Option | undefined;
}

function walk(program: Command, before: readonly string[]): Position {
  let command = program;
  let place = 0;
  let option: Option | undefined;
  for (const word of before) {
    if (option !== undefined) {
      option = undefined;
    } else if (word.startsWith('-')) {
      const named = [...command.options, ...program.options].find(({ long, short }) => word === long || word === short);
      option = named?.required ? named : undefined;
    } else {
      const next = command.commands.find((one) => one.name() === word);
      place = next === undefined ? place + 1 : 0;
      command = next ?? command;
    }
  }
  return { command, place, option };
}

function subCommands(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((one) => ({ word: one.name(), about: one.description() }));
}

function optionsOf(command: Command, program: Command): Candidate[] {
  const own = command.createHelp().visibleOptions(command);
  const global = program.options.filter(({ long }) => long === '--lang' && command !== program);
  return [...own, ...global].map(({ long, flags, description }) => ({ word: long ?? flags, about: description }));
}

/** The values of an argument or option: its choices, or host names. */
async function valuesOf(wanted: Argument | Option | undefined, socket: string): Promise<Candidate[]> {
  if (wanted?.argChoices) return wanted.argChoices.map((word) => ({ word, about: '' }));
  const name = wanted instanceof Argument ? wanted.name() : (wanted?.long ?? '');
  if (name !== 'host' && name !== '--host') return [];
  return (await hostsOf(createOperatorClient(socket)).catch(() => [])).map(({ name: word, address }) => ({
    word,
    about: clean(address),
  }));
}

/** The planned hosts and those that have left the plan, without the status of each. */
async function hostsOf(client: OperatorClient): Promise<{ name: string; address: string }[]> {
  const [plan, departed] = await Promise.all([client.plan(), client.status({ phase: 'unplanned' })]);
  // What Tab completes is run as typed.
  return [...plan.hosts, ...departed.hosts].filter(({ name }) => hostName.safeParse(name).success);
}
