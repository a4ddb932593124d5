import { expect, test } from 'vitest';
import { checkLayers, missedBreaches } from './layers.mjs';
import { checkTexts, unusedKeys } from './texts.mjs';

test('every planted breach of a layer is caught', () => {
  expect(missedBreaches()).toEqual([]);
});

test('an import within its layer is fine', () => {
  const files = new Map([['renderer/parts/a.tsx', "import { b } from '../stores/b.ts';\nimport 'react';"]]);
  expect(checkLayers(files)).toEqual({ problems: [], read: 2 });
});

test('a breach says who imports what, and why not', () => {
  const files = new Map([['shared/a.ts', "import fs from 'node:fs';"]]);
  expect(checkLayers(files).problems).toEqual([
    'shared/a.ts imports node:fs: shared imports nothing of ours, no Node, no DOM',
  ]);
});

test('translations that lack a key, have one too many or other parameters are found', () => {
  const en = { a: '{name} is here', b: '{count, plural, one {# of {name}} other {# of {name}}}', c: 'fine' };
  const es = { a: '{nombre} está aquí', b: '{count, plural, one {# de {name}} other {#}}', d: 'de más' };
  expect(checkTexts({ en, es })).toEqual([
    'es: c is missing',
    'es: a has other parameters than in en (name)',
    'es: d is not in en',
  ]);
  expect(checkTexts({ en: { a: 'ok' }, es: { a: '{broken' } })[0]).toMatch(/no ICU message/);
});

test('a key is used where a literal or a template of the app names it, and nowhere else', () => {
  const files = new Map([
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is read as source
    ['renderer/a.tsx', "text.t('a.literal'); text.t(`state.${guest.state}`); text.t(`ask.${on ? 'x' : y}.title`);"],
    ['renderer/a.test.tsx', "text.t('a.tested');"],
    ['renderer/text/en/list.ts', "'a.listed': 'x'"],
    ['shared/message.ts', "'a.sendable',"],
  ]);
  const used = ['a.literal', 'state.running', 'ask.x.title'];
  const unused = ['a.tested', 'a.listed', 'a.sendable', 'state.a.b', 'ask.x', 'literal'];
  expect(unusedKeys([...used, ...unused], files)).toEqual(unused);
});
