/** The package as users get it: packed, then unpacked into node_modules of an empty project. */
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Manifest {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  exports: Record<string, { types: string; default: string }>;
  /** What depends on the platform. */
  imports: Record<string, { node: string; default: string }>;
}

export interface UserProject {
  readonly directory: string;
  /** The manifest of the package as packed. */
  readonly manifest: Manifest;
  /** The files that npm packed. */
  readonly files: readonly string[];
  /** Writes a file of the user, named relative to the project. */
  write(name: string, text: string): void;
  /** Runs a program in the project and returns its output. @throws Error with its output, if it fails */
  run(program: string, ...args: string[]): string;
  /** Links one of our packages into the user's project, as if npm had installed it. */
  link(name: string): void;
  remove(): void;
}

/** A user's project with only this package installed. */
export function createUserProject(): UserProject {
  const directory = mkdtempSync(join(tmpdir(), 'unrolled-app-'));
  const installed = join(directory, 'node_modules', 'unrolled');

  function run(program: string, ...args: string[]): string {
    try {
      // Windows finds npm only through its shell.
      const shell = process.platform === 'win32' && program === 'npm';
      return execFileSync(program, args, { cwd: directory, encoding: 'utf8', stdio: 'pipe', shell });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`, { cause: error });
    }
  }

  function link(name: string): void {
    const path = join(directory, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), path, 'junction');
  }

  // The scripts would rebuild what is being tested.
  run('npm', 'pack', root, '--ignore-scripts', '--offline');
  const tarball = readdirSync(directory).find((name) => name.endsWith('.tgz'))!;
  const files = run('tar', '-tzf', tarball).trim().split('\n');
  run('tar', '-xzf', tarball);
  mkdirSync(dirname(installed));
  renameSync(join(directory, 'package'), installed);
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest;
  Object.keys(manifest.dependencies).forEach(link);
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ type: 'module' }));

  return {
    directory,
    manifest,
    files: files.map((path) => path.slice('package/'.length)),
    write: (name, text) => writeFileSync(join(directory, name), text),
    run,
    link,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
