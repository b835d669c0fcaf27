/** What is asked for: the path in the repository, without the slash in front, decoded once. */
export interface RequestTarget {
  readonly path: string;
  /** Without the question mark; "" where there is none. Still encoded. */
  readonly query: string;
}

/**
 * Whether a request target is a path and nothing else, in characters that mean themselves: what tools
 * ask for nearly always, and what then needs no decoding.
 */
export function isPlainPath(target: string): boolean {
  if (target.charCodeAt(0) !== SLASH) return false;
  for (let at = 1; at < target.length; at++) {
    if (!isPlain(target.charCodeAt(at))) return false;
  }
  return true;
}

/**
 * Reads a request target in origin-form or absolute-form (RFC 9112, 3.2); null for what is neither.
 *
 * The path is decoded segment by segment and once. An encoded slash is data, not a separator (RFC 3986,
 * 2.2), and no name of a file has one: such a target is no path of ours, and has the path that nothing
 * has. Dots are names like others, so that there is no way up. Whatever else comes of it is only a key
 * for the catalogue.
 *
 * @param host The Host header, which has to agree with an absolute target (RFC 9112, 3.2).
 */
export function requestTarget(target: string, host: string | undefined): RequestTarget | null {
  const own = originForm(target, host);
  if (own === null || /[^!-~]|#/.test(own)) return null;
  const mark = own.indexOf("?");
  const path = decoded(mark < 0 ? own.slice(1) : own.slice(1, mark));
  return path === null ? null : { path, query: mark < 0 ? "" : own.slice(mark + 1) };
}

/** Whether a query has a key, with or without a value. */
export function asks(query: string, key: string): boolean {
  return query.split("&").some((part) => part === key || part.startsWith(`${key}=`));
}

/** A path as it stands in an address: letters, digits, slashes and -._~!*'() as they are, all else encoded. */
export function encodedPath(path: string): string {
  for (let at = 0; at < path.length; at++) {
    if (!isUnreserved(path.charCodeAt(at)))
      return path.split("/").map(encodeURIComponent).join("/");
  }
  return path;
}

const SLASH = 0x2f;

/** No path of a repository: two slashes in front. */
const NOTHING = "//";

function originForm(target: string, host: string | undefined): string | null {
  if (target.charCodeAt(0) === SLASH) return target;
  const [, authority = "", rest = ""] = /^https?:\/\/([^/?#]*)(.*)$/i.exec(target) ?? [];
  if (authority === "" || authority.toLowerCase() !== host?.toLowerCase()) return null;
  return rest.startsWith("/") ? rest : `/${rest}`;
}

function decoded(path: string): string | null {
  if (/%2f/i.test(path)) return NOTHING;
  try {
    const text = decodeURIComponent(path);
    return hasControl(text) ? null : text;
  } catch {
    return null;
  }
}

/** NUL would end a name early, line ends would end a header: no file of a repository is called so. */
function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

/** Visible ASCII without # % ? and \. */
function isPlain(code: number): boolean {
  return (
    code > 0x20 && code < 0x7f && code !== 0x23 && code !== 0x25 && code !== 0x3f && code !== 0x5c
  );
}

function isUnreserved(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x2d && code <= 0x39) || // - . / and digits
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x5f ||
    code === 0x7e
  );
}
