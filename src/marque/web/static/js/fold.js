/* Folding in the picture of a network: a site takes in its neighbours, or a service its sites, and lets them out again.
   No link is lost: a line of a folded site runs to the site that stands for it. */
(() => {
  "use strict";
  window.marqueFold = (graph) => {
    const into = new Map(); // folded site -> the site that stands for it
    const stand = (id) => {
      let at = id;
      while (into.has(at)) at = into.get(at);
      return at;
    };

    const lines = () => {
      graph.edges(".joined").remove();
      const best = new Map();
      graph.edges(".link, .declined").forEach((edge) => {
        const [a, b] = [stand(edge.data("source")), stand(edge.data("target"))];
        if (a === b || (a === edge.data("source") && b === edge.data("target"))) return;
        const kind = edge.hasClass("declined") ? "declined" : "link";
        const key = [kind, ...[a, b].sort()].join(" ");
        if (!best.has(key) || best.get(key).width < edge.data("width")) best.set(key, { ...edge.data(), a, b, kind });
      });
      best.forEach(({ a, b, kind, width, dashed, source, target }) => {
        const there = graph.getElementById(a).edgesWith(graph.getElementById(b)).filter(`.${kind}`).not(".joined");
        if (there.some((edge) => edge.visible())) return;
        graph.add({ data: { source: a, target: b, width, dashed, from: source, to: target }, classes: `${kind} joined` });
      });
    };

    const show = () =>
      graph.batch(() => {
        const held = new Map();
        into.forEach((_, id) => held.set(stand(id), (held.get(stand(id)) || 0) + 1));
        graph.nodes(".site").forEach((node) => {
          node.toggleClass("folded", into.has(node.id()));
          const count = held.get(node.id());
          node.data("label", count ? `${node.data("name")} (+${count})` : node.data("name"));
        });
        graph.nodes(".value").toggleClass("folded", into.size > 0);
        lines();
      });

    const take = (id, others) => others.forEach((other) => other !== id && !into.has(other) && into.set(other, id));

    return {
      fold(id) {
        take(id, graph.getElementById(id).edgesWith("node").filter(".link:visible").connectedNodes(".site").map((node) => node.id()));
        show();
      },
      unfold(id) {
        Array.from(into).forEach(([other, at]) => at === id && into.delete(other));
        show();
      },
      services() {
        const first = new Map();
        graph.nodes(".site").forEach((node) => {
          const service = node.data("service");
          if (!service || into.has(node.id())) return;
          if (first.has(service)) into.set(node.id(), first.get(service));
          else first.set(service, node.id());
        });
        show();
      },
      open() {
        into.clear();
        show();
      },
      holds: (id) => Array.from(into.values()).includes(id),
      any: () => into.size > 0,
    };
  };
})();
