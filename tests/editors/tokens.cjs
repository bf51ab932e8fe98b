// Reads {"grammar": …, "text": …} and prints, line by line, the pieces of the text with their scopes,
// as an editor would colour them: the grammar is injected into a plain one for YAML.
const fs = require("fs");
const { Registry, parseRawGrammar, INITIAL } = require("vscode-textmate");
const oniguruma = require("vscode-oniguruma");

const YAML = {
  scopeName: "source.yaml",
  patterns: [
    { match: "#.*$", name: "comment.line.number-sign.yaml" },
    { match: "^\\s*(?:- )?[^\\s:]+(?=:)", name: "entity.name.tag.yaml" },
  ],
};

async function main() {
  const { grammar, text } = JSON.parse(fs.readFileSync(0, "utf8"));
  await oniguruma.loadWASM(fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")).buffer);
  const grammars = { "source.yaml": YAML, [grammar.scopeName]: grammar };
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (string) => new oniguruma.OnigString(string),
    }),
    loadGrammar: async (scope) => parseRawGrammar(JSON.stringify(grammars[scope]), "grammar.json"),
    getInjections: (scope) => (scope === "source.yaml" ? [grammar.scopeName] : undefined),
  });
  const yaml = await registry.loadGrammar("source.yaml");
  let state = INITIAL;
  const lines = text.split("\n").map((line) => {
    const found = yaml.tokenizeLine(line, state);
    state = found.ruleStack;
    return found.tokens.map((t) => [line.slice(t.startIndex, t.endIndex), t.scopes[t.scopes.length - 1]]);
  });
  console.log(JSON.stringify(lines));
}

main();
