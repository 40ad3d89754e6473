"""Acronyms that look like a slip of the English one and are its translation."""

from __future__ import annotations

ROMANCE = frozenset({"es", "fr", "it", "pt", "ca", "gl", "ro", "oc", "ast", "ht"})

# English acronym -> forms in other languages that differ from it by a letter or the order only.
TRANSLATED: dict[str, frozenset[str]] = {
    english: frozenset(others.split())
    for english, others in {
        "ACE": "ECA", "AE": "EA", "AI": "IA KI YZ", "AIDS": "SIDA", "ALS": "SLA ELA ASL",
        "AMI": "IAM", "ARDS": "SDRA ADRS ANDS", "ARS": "SRA", "ART": "TAR TARV", "ASD": "TSA ASS",
        "BMI": "VKI IMT", "BP": "BT", "CAR": "RCA", "CBT": "TCC KVT CGT", "CDR": "RDC",
        "CNS": "ZNS",
        "COPD": "KOAH KOPD", "CPR": "RCP RKO RJP KPR CBR HLR", "CRP": "PCR", "CSF": "LCS LCR",
        "CT": "TC TK BT KT", "CVD": "DCV ECV KVH KVE", "DNA": "DNS ADN DNK DNR", "DPRK": "RPDC",
        "DRC": "RDC DRK", "DVT": "TVP TVT", "EBV": "VEB", "ECG": "EKG EKQ", "ED": "UGD",
        "EEA": "EEE EWR EOG SEE", "EEG": "EEQ", "EEZ": "ZEE",
        "EHR": "EGA EPA", "EMA": "AEM", "EU": "UE AB EL",
        "FGM": "MGF", "GDP": "BDP BIP PBI", "GMO": "GVO GDO OGM", "GP": "HA", "HAV": "VHA WZWA",
        "HBV": "VHB", "HCV": "VHC", "HIV": "VIH", "HPV": "VPH PVH", "HR": "RH", "HSV": "VHS",
        "IBD": "CED", "ICD": "CID CIE MKCH", "ICP": "PIC", "ICU": "UCI UTI YBU ITU USI ICE",
        "ID": "DI", "ILO": "OIT", "IMF": "FMI IWF", "IOM": "OIM", "IPC": "PCI", "IT": "TI",
        "IU": "UI IE ME", "IUD": "DIU IUP IUS", "IVF": "FIV", "MERS": "MARS", "MI": "IM",
        "MRI": "IRM MRT RMI MR RMN", "MRNA": "ARNM", "MS": "SM EM", "NATO": "OTAN",
        "NGO": "ONG NRO",
        "NICU": "UCIN UTIN", "ORS": "SRO RSO ORL", "PCR": "RCP PZR", "PE": "EP", "PET": "TEP",
        "PHEIC": "ESPII", "PID": "EIP", "PPE": "EPI EPP APD PSA KKD", "PR": "RP",
        "PTSD": "PTBS TSPT",
        "RNA": "RNS ARN RNK", "ROS": "ERO", "RSV": "VRS VSR", "SARS": "SRAS SARG SARI",
        "SIDS": "MSIS", "STD": "DST SOA", "STI": "ITS IST SOA", "TB": "TBC TBK BK", "TBE": "FSME",
        "TIA": "AIT", "UAE": "EAU EAE VAE UEA BAE", "UK": "GB VK RU", "UN": "NU ONU OON BM VN",
        "US": "EU", "USA": "EUA EEUU", "UTI": "ITU HWI", "UV": "VU", "VR": "RV", "WHO": "WGO",
        "WTO": "OMC", "mRNA": "ARNm RNAm mARN mRNS", "rRNA": "ARNr RNAr", "ssRNA": "ARNss",
        "tRNA": "ARNt RNAt", "siRNA": "ARNsi", "cDNA": "ADNc DNAc", "HCoV": "CoVH", "CoV": "VoC",
    }.items()
}  # fmt: skip

# Words in capitals for emphasis, which translate as words.
_SHOUTED = """
    A AN AND ALL ALWAYS ANY ARE AS AT BE BOTH BUT BY CALL CAN CANNOT DAILY DO DOES DON FOR FROM GET
    GO HAS HAVE HOW IF IMPORTANT IN INTO IS IT MAY MORE MUST NEVER NEW NO NONE NOT NOTE NOW OF OFF
    ON ONCE ONE ONLY OR OUT OVER PLEASE READ SEE SHOULD SO STOP TAKE THAN THAT THE THEN THERE THEY
    THIS TO TWICE UNTIL UP USE WARNING WAS WE WHAT WHEN WHY WILL WITH YES YOU YOUR
"""
SHOUTED = frozenset(_SHOUTED.split())
