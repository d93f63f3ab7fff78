/** One image in the making: what it starts from, its steps in order, and how what comes out is run. */
export interface Stage {
  name: string;
  /** An earlier stage's name, or an image of a registry. */
  from: string;
  steps: Step[];
  env: Record<string, string>;
  user: string | null;
  command: string[] | null;
  healthCheck: string[] | null;
}

export type Step =
  | { kind: "run"; line: number; command: string }
  /** `fromStage` null: from the build context. */
  | { kind: "copy"; line: number; fromStage: string | null; source: string; target: string };

/**
 * Reads the part of the Dockerfile language that ours uses: one line an instruction, JSON form for CMD and HEALTHCHECK.
 * @throws Error with the line of anything else
 */
export function readDockerfile(text: string): Stage[] {
  const stages: Stage[] = [];
  text.split("\n").forEach((raw, index) => {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) return;
    const [, word = "", rest = ""] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    const stage = stages.at(-1);
    if (word === "FROM") stages.push(startOf(rest, index + 1));
    else if (!stage || !read(stage, { word, rest, line: index + 1 }))
      throw new Error(`Dockerfile line ${index + 1} is not understood: ${line}`);
  });
  return stages;
}

function startOf(rest: string, line: number): Stage {
  const [, from = "", name = ""] = /^(\S+) AS (\S+)$/.exec(rest) ?? [];
  if (!name) throw new Error(`Dockerfile line ${line}: FROM needs a name, as in FROM image AS name.`);
  return { name, from, steps: [], env: {}, user: null, command: null, healthCheck: null };
}

/** @returns whether the instruction is one we know */
function read(stage: Stage, { word, rest, line }: { word: string; rest: string; line: number }): boolean {
  switch (word) {
    case "RUN":
      stage.steps.push({ kind: "run", line, command: rest });
      return true;
    case "COPY": {
      const [, fromStage = null, source = "", target = ""] = /^(?:--from=(\S+) )?(\S+) (\S+)$/.exec(rest) ?? [];
      stage.steps.push({ kind: "copy", line, fromStage, source, target });
      return source !== "" && target !== "";
    }
    case "ENV": {
      const [, name = "", value = ""] = /^([A-Z_]+)=(\S+)$/.exec(rest) ?? [];
      stage.env[name] = value;
      return name !== "";
    }
    case "USER":
      stage.user = rest;
      return true;
    case "CMD":
      stage.command = words(rest);
      return stage.command !== null;
    case "HEALTHCHECK":
      stage.healthCheck = words(/ CMD (.*)$/.exec(rest)?.[1] ?? "");
      return stage.healthCheck !== null;
    case "WORKDIR":
      return rest === "/infirmary";
    case "EXPOSE":
      return /^\d+$/.test(rest);
    default:
      return false;
  }
}

function words(json: string): string[] | null {
  if (!json.startsWith("[")) return null;
  const parsed: unknown = JSON.parse(json);
  return Array.isArray(parsed) && parsed.every((word) => typeof word === "string") ? parsed : null;
}
