import type { Command } from 'commander';
import { coordinatorPaths, defaultPort } from '../../../shared/paths.ts';
import { type Cli, socketOption } from '../help.ts';

export function addServe(program: Command, cli: Cli): void {
  const { say } = cli;
  program
    .command('serve')
    .description(say({ en: 'run the coordinator (what its service does)', zh: '运行协调器（由其服务运行）' }))
    .option('--plan <file>', say({ en: 'the plan', zh: '计划' }), coordinatorPaths.plan)
    .option(
      '--state <folder>',
      say({ en: 'the CA, the server’s key and the database', zh: 'CA、服务器密钥和数据库' }),
      coordinatorPaths.state,
    )
    .option(
      '--listen <address:port>',
      say({ en: 'where HTTPS listens', zh: 'HTTPS 监听的地址' }),
      `0.0.0.0:${defaultPort}`,
    )
    .option(
      '--url <url>',
      say({
        en: 'where hosts reach it, if not at the plan’s coordinator',
        zh: '主机访问它的地址，若不同于计划中的 coordinator',
      }),
    )
    .addOption(socketOption(cli))
    .option(
      '--artefacts <folder>',
      say({ en: 'what hosts download', zh: '供主机下载的文件' }),
      coordinatorPaths.artefacts,
    )
    .action(async (options) => (await import('../serve.ts')).serve(options));
}
