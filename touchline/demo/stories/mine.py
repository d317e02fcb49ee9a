"""What Hannah keeps of herself: some of it she has in common with one or another."""

from touchline.demo.story import OwnFact

MINE: tuple[OwnFact, ...] = (
    OwnFact(-340, "family", "Married to Rob; Nell sits her mocks this winter", slot="children"),
    OwnFact(-340, "family", "Grew up in Whitby, over the chandler’s", slot="where_from"),
    OwnFact(-340, "interests", "Swims in the mere from May to October", slot="free_time"),
    OwnFact(-339, "interests", "Second soprano in the choral society", slot="pastime"),
    OwnFact(-200, "interests", "Walks on the fells whenever year ends allow", slot="free_time"),
    OwnFact(-339, "experience", "Eight years with a large firm in Leeds", slot="before"),
    OwnFact(-338, "networks", "Friday breakfast, and governor of the primary", slot="groups"),
    OwnFact(-338, "goals", "Twenty clients fewer, and all of them known well", slot="good_year"),
    OwnFact(
        -120,
        "target_companies",
        "Did their payroll until it moved to head office; Desmond still waves",
        slot="history",
        company="Northmoor Packaging",
    ),
)
