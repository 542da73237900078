"""The hard faults of a figure, found on a Scene and the Graph it draws: no output may ever have one.

The views keep these conventions, and the checks read the scene by them. A node is a group of part `node` whose first
path is its outline. An open scope is a group of part `scope` whose first path is the region's outline; a closed one is
a group of part `node` that stands for all that is inside. An edge is a group of part `edge` with its line (a stroked
path) and the arrowheads (filled paths); where it stands for edges of the graph it may have a name of its own. The label
of an edge is a group of part `label` with the reference of the edge's group. An output is a group of part `output` with
its name, and the line to it a group of part `edge` whose reference ends with `->` and that name.

An outline may be unpainted where the node is drawn as several things, such as circles; a group `port` in a node is one
where lines may end within the outline; one that is drawn after the nodes has to lie within one of them. A solid shows
its `front`. A group `run` holds nodes so close behind each other that no line is drawn between them: it stands for
these edges, and what comes later in it may cover what is earlier, but for its front. A filled shape in an edge that is
no arrowhead, for it follows no line, connects as a line does. A `grouping` is a shaded box behind those nodes that it
stands for. A note is of the box of its reference, and of those that it stands for.
"""

from cutaway.faults.account import invented, unaccounted
from cutaway.faults.astray import astray
from cutaway.faults.boxes import off_page, out_of_scopes, over_each_other
from cutaway.faults.fault import Fault, Rule
from cutaway.faults.grouping import out_of_groupings
from cutaway.faults.labels import out_of_boxes, over_boxes, over_edges, over_labels, small_texts
from cutaway.faults.lines import piled_arrowheads, shared_stretches, through_boxes, through_regions
from cutaway.faults.lookup import look_up
from cutaway.faults.loose import loose_ends
from cutaway.faults.runs import torn_runs
from cutaway.faults.survey import survey
from cutaway.graph import Graph
from cutaway.scene import Scene

__all__ = ["Fault", "Rule", "faults"]


def faults(scene: Scene, graph: Graph) -> tuple[Fault, ...]:
    """List the hard faults of a figure of `graph`, what is missing first; empty for a good one."""
    found = survey(scene)
    lookup = look_up(graph, found)
    return (
        *unaccounted(found, graph),
        *invented(found, graph),
        *off_page(found, scene),
        *small_texts(found),
        *over_labels(found),
        *over_boxes(found),
        *over_edges(found),
        *out_of_boxes(found, lookup),
        *astray(found, lookup),
        *over_each_other(found),
        *out_of_scopes(found, lookup),
        *out_of_groupings(found, lookup),
        *through_boxes(found, lookup),
        *through_regions(found, lookup),
        *shared_stretches(found, lookup),
        *piled_arrowheads(found),
        *loose_ends(found, lookup),
        *torn_runs(found, lookup),
    )
