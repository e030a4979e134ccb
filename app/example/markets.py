"""What the example company sells to whom: names of buyers and of opportunities."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Market:
    """A team's region: its currency, and what its buyers are called."""

    team: str
    currency: str
    places: tuple[str, ...]
    endings: Mapping[str, tuple[str, ...]]


MARKETS = (
    Market(
        "Nordics",
        "EUR",
        (
            "Alvsund",
            "Birkedal",
            "Dalarö",
            "Ekenäs",
            "Fjordby",
            "Granvik",
            "Hammarö",
            "Isafold",
            "Kvarnsjö",
            "Lillevik",
            "Myrdal",
            "Norrviken",
            "Oskarshavn",
            "Rønde",
            "Skarnes",
            "Tornby",
            "Ulvsund",
            "Vestmar",
        ),
        {
            "Pharma": ("Läkemedel AB", "Pharma ApS", "Biotech AS"),
            "Food retail": ("Livs AB", "Dagligvarer AS", "Mat Oy"),
            "Logistics": ("Kyltransport AB", "Frakt AS", "Logistik ApS"),
            "Hospitals": ("sjukhus", "universitetssykehus", "regionshospital"),
        },
    ),
    Market(
        "DACH",
        "EUR",
        (
            "Altenrode",
            "Bergheide",
            "Dornfeld",
            "Eschenau",
            "Falkenried",
            "Grünwettersbach",
            "Hohenlinde",
            "Isarau",
            "Kronsee",
            "Lindenthal",
            "Mühlbruck",
            "Neuhofen",
            "Ostermark",
            "Rheinfurt",
            "Sonnwald",
            "Tannheim",
            "Unterberg",
            "Weissach",
        ),
        {
            "Pharma": ("Pharma GmbH", "Arzneimittel AG", "Biologics GmbH"),
            "Food retail": ("Frischemärkte", "Feinkost GmbH", "Lebensmittel AG"),
            "Logistics": ("Kühllogistik GmbH", "Spedition", "Transport AG"),
            "Hospitals": ("Klinikum", "Universitätsspital", "Krankenhausverbund"),
        },
    ),
    Market(
        "UK & Ireland",
        "GBP",
        (
            "Ashcombe",
            "Ballinrath",
            "Castlemere",
            "Dunleary",
            "Eastwick",
            "Farnholme",
            "Glenavon",
            "Hartsworth",
            "Kilbrannan",
            "Langmoor",
            "Millbrook",
            "Northgate",
            "Oakhampton",
            "Penrose",
            "Rathmore",
            "Stanbridge",
            "Thornley",
            "Westerham",
        ),
        {
            "Pharma": ("Pharmaceuticals", "Life Sciences", "Biologics"),
            "Food retail": ("Foods", "Fresh Markets", "Grocers"),
            "Logistics": ("Cold Storage", "Haulage", "Freight"),
            "Hospitals": ("NHS Trust", "Hospital Group", "University Hospital"),
        },
    ),
)

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "Pharma": (
        "Warehouse monitoring for GDP",
        "Stability rooms and cold stores",
        "Route qualification, vaccines",
        "Replacement of chart recorders",
        "Clinical trial depots",
        "Audit records for wholesale",
    ),
    "Food retail": (
        "Cabinets in {n} shops",
        "Delivery vans and depot",
        "HACCP records, all branches",
        "Pilot in {n} shops",
        "Central kitchens",
        "Frozen distribution centre",
    ),
    "Logistics": (
        "Monitoring for {n} reefers",
        "Cross-dock in two halls",
        "Cold chain evidence for customers",
        "Parcel lanes with return sensors",
        "Depot network",
        "Groupage, temperature alerts",
    ),
    "Hospitals": (
        "Pharmacy and ward fridges",
        "Blood bank alarms",
        "Laboratory freezers",
        "Vaccine storage, outpatient sites",
        "Replacement of manual logs",
        "Pathology transport boxes",
    ),
}

SOURCES = {
    "Trade fair": ("Logipharma", "Fruit Logistica", "Cold Chain Days"),
    "Website": ("Payback calculator", "Annex 11 paper", ""),
    "Referral": ("",),
    "Outbound": ("Autumn depots", "Spring pharmacies"),
    "Partner": ("Validation partners",),
}
COMPETITORS = ("Polarix", "TempWise", "ColdLine")
