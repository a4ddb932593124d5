import { IntlMessageFormat } from 'intl-messageformat';
import { runnerImport } from 'vite';

/**
 * Names of the parameters in a message, the nested ones too.
 * @param {any[]} parts of IntlMessageFormat's tree
 * @param {Set<string>} names
 */
function parameters(parts, names = new Set()) {
  for (const part of parts) {
    // 0 is plain text and 7 the # of a plural: https://formatjs.github.io/docs/icu-messageformat-parser
    if (part.type !== 0 && part.type !== 7) names.add(part.value);
    for (const option of Object.values(part.options ?? {})) parameters(option.value, names);
  }
  return names;
}

/**
 * @param {Readonly<Record<string, Readonly<Record<string, string>>>>} catalogues language to keys to messages; the
 *   first is what the others are held against
 * @returns {string[]} missing and surplus keys, messages that are not ICU, parameters that differ
 */
export function checkTexts(catalogues) {
  const problems = [];
  const [[first, model] = ['', {}], ...others] = Object.entries(catalogues);
  /** @param {string} language @param {string} key @param {string} message */
  const read = (language, key, message) => {
    try {
      const ast = new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst();
      return [...parameters(ast)].sort().join();
    } catch (error) {
      problems.push(`${language}: ${key} is no ICU message: ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  };
  const wanted = new Map(Object.entries(model).map(([key, message]) => [key, read(first, key, message)]));
  for (const [language, catalogue] of others) {
    for (const key of Object.keys(model)) if (!(key in catalogue)) problems.push(`${language}: ${key} is missing`);
    for (const [key, message] of Object.entries(catalogue)) {
      if (!wanted.has(key)) problems.push(`${language}: ${key} is not in ${first}`);
      else if (message.trim() === '') problems.push(`${language}: ${key} is empty`);
      else if (read(language, key, message) !== wanted.get(key)) {
        problems.push(`${language}: ${key} has other parameters than in ${first} (${wanted.get(key)})`);
      }
    }
  }
  return problems;
}

/**
 * Keys that no code names. A key is named by a literal, or by a template such as `state.${state}`: then every key of
 * that form counts as named.
 * @param {readonly string[]} keys
 * @param {ReadonlyMap<string, string>} files path to text
 * @returns {string[]}
 */
export function unusedKeys(keys, files) {
  const literals = new Set();
  const patterns = new Set();
  for (const [file, text] of files) {
    // The catalogues name every key, and shared/message.ts lists what main may say, said or not.
    if (!/^(electron|renderer|shared)\//.test(file) || /^renderer\/text\/(en|es)\/|^shared\/message\.ts$/.test(file))
      continue;
    if (/\.test(-suite)?\.|\/testing\//.test(file)) continue;
    for (const [, literal = ''] of text.matchAll(/'([\w.-]+)'/g)) literals.add(literal);
    for (const [, template = ''] of text.matchAll(/`((?:[\w.-]|\$\{[^`{}]*\})+)`/g)) {
      const form = template.replace(/\$\{[^{}]*\}/g, '*');
      if (/^\w+\./.test(form)) patterns.add(form);
    }
  }
  const forms = [...patterns].map((form) => new RegExp(`^${form.replaceAll('.', '\\.').replaceAll('*', '[\\w-]+')}$`));
  return keys.filter((key) => !literals.has(key) && !forms.some((form) => form.test(key)));
}

/**
 * @param {ReadonlyMap<string, string>} files path to text
 * @returns {Promise<string[]>}
 */
export async function checkCatalogues(files) {
  const [en, es] = await Promise.all(
    ['en', 'es'].map(async (name) => (await runnerImport(`./renderer/text/${name}.ts`)).module[name]),
  );
  const { [Object.keys(es)[0] ?? '']: _one, ...without } = es;
  const planted = checkTexts({ en, es: without }).length === 0 ? ['A planted missing key was not caught.'] : [];
  const unused = unusedKeys(Object.keys(en), files).map((key) => `${key} is used by nobody`);
  if (unusedKeys(['planted.key'], files).length === 0) planted.push('A planted unused key was not caught.');
  return [...checkTexts({ en, es }), ...unused, ...planted];
}
