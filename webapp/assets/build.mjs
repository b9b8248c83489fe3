// Builds the style sheets, the scripts and the licence texts into ../static. Run by the Python build (hatch_build.py).
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const there = join(here, "..", "static");

function packageOf(file) {
  const parts = file.replaceAll("\\", "/").split("node_modules/");
  if (parts.length === 1) {
    return null;
  }
  const names = parts.at(-1).split("/");
  return names[0].startsWith("@") ? `${names[0]}/${names[1]}` : names[0];
}

// Every page has casefile; pages with a diagram have viewer too.
const PAGES = ["casefile", "viewer"];

async function script(name) {
  const result = await build({
    absWorkingDir: here,
    entryPoints: [`js/${name}.js`],
    bundle: true,
    format: "esm",
    legalComments: "none",
    metafile: true,
    minify: true,
    outfile: join(there, `${name}.js`),
    target: ["es2020"],
  });
  return Object.keys(result.metafile.inputs);
}

function styles(name) {
  const result = compile(join(here, "scss", `${name}.scss`), {
    loadPaths: [here, join(here, "scss")],
    quietDeps: true,
    style: "compressed",
  });
  writeFileSync(join(there, `${name}.css`), result.css);
  return result.loadedUrls.map((url) => fileURLToPath(url));
}

function licenceOf(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return file === undefined ? null : readFileSync(join(folder, file), "utf8").trim();
}

// Two packages state their licence without its text; both are under the MIT licence.
const MIT = readFileSync(join(here, "licence-mit.txt"), "utf8").trim();

function licence(name) {
  const folder = join(here, "node_modules", name);
  const facts = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const text = licenceOf(folder) ?? (facts.license === "MIT" ? MIT : null);
  if (text === null) {
    throw new Error(`${name} states no licence that can be passed on`);
  }
  return `${name} ${facts.version} (${facts.license})\n\n${text}\n`;
}

rmSync(there, { recursive: true, force: true });
mkdirSync(there, { recursive: true });
const files = [...(await Promise.all(PAGES.map(script))), ...PAGES.map(styles)].flat();
const used = files.map(packageOf).filter((name) => name !== null);
const texts = [...new Set(used)].sort().map(licence);
writeFileSync(join(there, "THIRD-PARTY-LICENSES.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
copyFileSync(join(here, "icon.svg"), join(there, "icon.svg"));
