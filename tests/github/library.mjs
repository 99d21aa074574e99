// Answers, line by line, what GitHub's own library makes of expressions, actions and workflows.
// Each line of input and of output is one JSON document.

import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

// the library imports JSON as bundlers let it, and Node does not
registerHooks({
  load(url, context, next) {
    if (!url.endsWith(".json")) return next(url, context);
    const text = readFileSync(fileURLToPath(url), "utf8");
    return { format: "module", source: `export default ${text}`, shortCircuit: true };
  },
});

const { data, Evaluator, Lexer, Parser } = await import("@actions/expressions");
const { NoOperationTraceWriter, parseWorkflow } = await import("@actions/workflow-parser");
const { parseAction } = await import("@actions/workflow-parser/actions/action-parser");

// a context or a member, as the library's own values
function valueOf(value) {
  if (value === null || value === undefined) return new data.Null();
  if (typeof value === "boolean") return new data.BooleanData(value);
  if (typeof value === "number") return new data.NumberData(value);
  if (typeof value === "string") return new data.StringData(value);
  if (Array.isArray(value)) return new data.Array(...value.map(valueOf));
  const pairs = Object.entries(value).map(([key, inner]) => ({ key, value: valueOf(inner) }));
  return new data.Dictionary(...pairs);
}

function evaluate(expression, contexts) {
  const { tokens } = new Lexer(expression).lex();
  const names = Object.keys(contexts);
  const parsed = new Parser(tokens, names, []).parse();
  return new Evaluator(parsed, valueOf(contexts)).evaluate();
}

// every ${{ }} replaced by its value, once: values are not expanded
function fill(text, contexts) {
  return text.replace(/\$\{\{([^]*?)\}\}/g, (_, inner) => evaluate(inner, contexts).coerceString());
}

function mistakes(result) {
  return result.context.errors.getErrors().map((error) => error.message);
}

function answer({ kind, text, contexts }) {
  const file = { name: "file.yml", content: text };
  const trace = new NoOperationTraceWriter();
  if (kind === "evaluate") return evaluate(text, contexts).coerceString();
  if (kind === "fill") return fill(text, contexts);
  if (kind === "action") return mistakes(parseAction(file, trace));
  return mistakes(parseWorkflow(file, trace));
}

for await (const line of createInterface({ input: process.stdin })) {
  let reply;
  try {
    reply = { value: answer(JSON.parse(line)) };
  } catch (error) {
    reply = { error: error.message };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
