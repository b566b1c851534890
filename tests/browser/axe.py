"""axe-core, as pages are held against it."""

from pathlib import Path

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = """async () => {
  const {violations} = await axe.run({rules: {"target-size": {enabled: true}}});
  return violations.flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.html}`));
}"""
