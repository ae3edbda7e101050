/** The checkable parts of a Markdown page. */
import GithubSlugger from 'github-slugger';
import { lexer, type Token, type Tokens } from 'marked';

/** A fenced block, as ```js. */
export interface Block {
  /** The text after the opening fence, or ''. */
  readonly language: string;
  readonly text: string;
  /** The line of the opening fence, counting from 1. */
  readonly line: number;
  /** Whether only empty lines separate this block from the previous one. */
  readonly follows: boolean;
}

/** A piece of text and the line of its paragraph. */
export interface Piece {
  readonly text: string;
  readonly line: number;
}

export interface Page {
  /** From the root of the project: `docs/bptt.md`. */
  readonly path: string;
  readonly blocks: readonly Block[];
  /** The targets of its links and pictures. */
  readonly links: readonly Piece[];
  /** Inline `code`. */
  readonly code: readonly Piece[];
  /** Its anchors: headings, as GitHub names them, and `<a id>`. */
  readonly anchors: ReadonlySet<string>;
}

export function parsePage(path: string, text: string): Page {
  const slugger = new GithubSlugger();
  const blocks: Block[] = [];
  const links: Piece[] = [];
  const code: Piece[] = [];
  const anchors = new Set<string>();

  function look(token: Token, line: number, previous: Token | null): void {
    switch (token.type) {
      case 'code':
        // Blocks indented by four spaces are drawings, not code.
        if (token.codeBlockStyle === 'indented') break;
        blocks.push({
          language: ((token.lang as string | undefined) ?? '').trim(),
          text: `${token.text}\n`,
          line,
          follows: previous?.type === 'code',
        });
        break;
      case 'heading':
        anchors.add(slugger.slug(plain(token)));
        break;
      case 'html':
        for (const [, id] of token.raw.matchAll(/<a id="([^"]+)"/g)) anchors.add(id!);
        break;
      case 'link':
      case 'image':
        links.push({ text: token.href as string, line });
        break;
      case 'codespan':
        code.push({ text: token.text as string, line });
        break;
    }
    const inside = childrenOf(token);
    inside.forEach((child, n) => look(child, line, before(inside, n)));
  }

  let line = 1;
  const tokens = lexer(text);
  tokens.forEach((token, n) => {
    look(token, line, before(tokens, n));
    line += token.raw.split('\n').length - 1;
  });
  return { path, blocks, links, code, anchors };
}

/** The token before number n, ignoring empty lines. */
function before(tokens: readonly Token[], n: number): Token | null {
  return (
    tokens
      .slice(0, n)
      .filter(({ type }) => type !== 'space')
      .at(-1) ?? null
  );
}

function childrenOf(token: Token): Token[] {
  if (token.type === 'list') return (token as Tokens.List).items;
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows].flat().flatMap((cell) => cell.tokens);
  }
  return 'tokens' in token ? (token.tokens ?? []) : [];
}

/** Its visible text. */
function plain(token: Token): string {
  if ('tokens' in token && token.tokens) return token.tokens.map(plain).join('');
  return 'text' in token ? (token.text as string) : '';
}
